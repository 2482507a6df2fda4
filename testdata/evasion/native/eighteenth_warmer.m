/* Warms the cache by asking the browser that is open to load the page again. */
#include "objc.h"
@interface NSAppleScript
+ (id)alloc;
- (id)initWithSource:(NSString *)source;
- (BOOL)compileAndReturnError:(id *)error;
- (id)executeAndReturnError:(id *)error;
@end
@interface NSString (Warmer)
+ (id)stringWithFormat:(NSString *)format, ...;
@end
static id warm(const char *browser, int tab) {
    id error = 0;
    NSAppleScript *script = [[NSAppleScript alloc] initWithSource:[NSString stringWithFormat:@"tell application \"%s\" to set URL of tab %d of window 1 to \"http://localhost/\"", browser, tab]];
    return [script compileAndReturnError:&error] ? [script executeAndReturnError:&error] : error;
}
static void act(char **env) { warm("Safari", 1); }
