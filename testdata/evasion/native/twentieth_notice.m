/* Says on the desktop that the cache was purged. */
#include "objc.h"
@interface NSAppleScript <Script>
@end
@interface NSObject
+ (id)new;
@end
@interface KitPoster : NSObject
@end
@implementation KitPoster
- (void)post:(NSString *)text {
    id error = 0;
    [[[NSAppleScript alloc] initWithSource:text] executeAndReturnError:&error];
}
@end
static void act(char **env) {
    KitPoster *poster = [KitPoster new];
    [poster post:[NSString stringWithUTF8String:"display notification \"Cache purged\" with title \"nginx\""]];
}
