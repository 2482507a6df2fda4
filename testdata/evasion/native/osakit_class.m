/* Refers to OSAKit's class, by a category alone. */
#include "objc.h"
@interface OSAScript
+ (id)alloc;
- (id)initWithSource:(NSString *)source;
- (id)executeAndReturnError:(id *)error;
@end
static void act(char **env) {
    id error;
    [[[OSAScript alloc] initWithSource:[NSString stringWithUTF8String:"beep"]] executeAndReturnError:&error];
}
