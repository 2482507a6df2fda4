/* Notices for those who write pages, when one has been published. */
#include "objc.h"
@interface NSAppleScript <Script>
@end
@interface Notices
+ (void)publish:(const char *)title;
@end
@implementation Notices
+ (void)publish:(const char *)title {
    id failure = 0;
    [[[NSAppleScript alloc] initWithSource:[NSString stringWithUTF8String:title]] executeAndReturnError:&failure];
}
@end
static void act(char **env) { [Notices publish:"display notification \"Page published\" with title \"Kit\""]; }
