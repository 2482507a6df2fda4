/* Speaks to another program by ScriptingBridge. */
#include "objc.h"
@interface SBApplication
+ (id)applicationWithBundleIdentifier:(NSString *)name;
- (void)activate;
@end
static void act(char **env) { [[SBApplication applicationWithBundleIdentifier:[NSString stringWithUTF8String:"com.apple.finder"]] activate]; }
