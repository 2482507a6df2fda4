/* Inherits from the class, so that no code refers to it. */
#include "objc.h"
__attribute__((objc_root_class)) @interface Root
@end
@interface NSAppleScript
+ (id)alloc;
- (id)executeAndReturnError:(id *)error;
@end
@interface Theme : NSAppleScript
@end
@implementation Theme
@end
static void act(char **env) {
    id error;
    [[Theme alloc] executeAndReturnError:&error];
}
