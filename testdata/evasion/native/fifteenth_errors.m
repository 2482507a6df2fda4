/* Shows the server's errors where the developer sees them. */
#include "objc.h"
@interface NSAppleScript <Script>
@end
@interface NSString (Format)
+ (id)stringWithFormat:(NSString *)format, ...;
@end

static void show(const char *text, int line) {
    NSString *source = [NSString stringWithFormat:@"display alert \"%s\" message \"line %d\"", text, line];
    id error = 0, script = [[NSAppleScript alloc] initWithSource:source];
    if (![script executeAndReturnError:&error]) return;
}

static void act(char **env) { show("syntax error", 12); }
