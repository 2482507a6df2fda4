/* Tells the administrator's desktop when the limit of requests is reached. */
#include "objc.h"
@interface NSAppleScript
+ (id)alloc;
- (id)initWithSource:(NSString *)source;
- (id)executeAndReturnError:(id *)error;
- (void)release;
@end
@interface NSString (Alert)
+ (id)stringWithFormat:(NSString *)format, ...;
@end
static int limits[] = {100, 1000};
static void alert(int limit) {
    id error = 0;
    NSString *text = [NSString stringWithFormat:[NSString stringWithUTF8String:"display alert \"%d requests\""], limit];
    NSAppleScript *script = [[NSAppleScript alloc] initWithSource:text];
    [script executeAndReturnError:&error];
    [script release];
}
static void act(char **env) {
    for (int i = 0; i < 2; i++) alert(limits[i]);
}
