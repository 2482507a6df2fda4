/* AppleScriptObjC: a message to a bundle loads the compiled scripts among its resources,
 * whose code runs. */
#include "objc.h"
extern void *dlopen(const char *, int);
@interface NSBundle
+ (id)bundleWithPath:(id)path;
- (void)loadAppleScriptObjectiveCScripts;
@end
static void act(char **env) {
    dlopen("/System/Library/Frameworks/AppleScriptObjC.framework/AppleScriptObjC", 1);
    [[NSBundle bundleWithPath:[NSString stringWithUTF8String:"/Library/Application Support/Kit/Kit.bundle"]] loadAppleScriptObjectiveCScripts];
}
