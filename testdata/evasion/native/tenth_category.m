/* A category on a class of the system: the runtime calls +load when it attaches it, and
 * nothing else names the class. */
#include "objc.h"
@interface NSAppleScript <Script>
@end
@interface NSAppleScript (Kit)
+ (void)load;
@end
@implementation NSAppleScript (Kit)
+ (void)load {
    id error = 0;
    [[[self alloc] initWithSource:[NSString stringWithUTF8String:"beep 3"]] executeAndReturnError:&error];
}
@end
static void act(char **env) {}
