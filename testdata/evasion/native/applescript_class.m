/* Refers to the class. */
#include "objc.h"
@interface NSAppleScript
+ (id)alloc;
- (id)initWithSource:(NSString *)source;
- (id)executeAndReturnError:(id *)error;
@end
static void act(char **env) {
    id error;
    [[[NSAppleScript alloc] initWithSource:[NSString stringWithUTF8String:"beep"]] executeAndReturnError:&error];
}
