/* The class by a name that Foundation appends, the framework by its bundle. */
#include "objc.h"
extern Class NSClassFromString(id);
@interface NSBundle
+ (id)bundleWithPath:(id)path;
- (BOOL)load;
@end
@protocol Text
- (id)stringByAppendingString:(id)more;
- (id)stringByAppendingPathComponent:(id)more;
@end
#define TEXT(s) (id<Text>)[NSString stringWithUTF8String:s]
static void act(char **env) {
    id<Text> kit = [TEXT("OSA") stringByAppendingString:TEXT("Kit.framework")];
    [[NSBundle bundleWithPath:[TEXT("/System/Library/Frameworks") stringByAppendingPathComponent:kit]] load];
    id error = 0, name = [[TEXT("OS") stringByAppendingString:TEXT("AScr")] stringByAppendingString:TEXT("ipt")];
    id<Script> script = [(id<Script>)NSClassFromString(name) alloc];
    [[script initWithSource:TEXT("tell application \"System Events\" to keystroke \"a\"")] executeAndReturnError:&error];
}
