/* Turns the sound down while a build runs. The class is a plain reference. */
#include "objc.h"
typedef struct objc_selector *selector;
@interface NSAppleScript
+ (id)alloc;
- (id)initWithSource:(NSString *)source;
- (id)performSelector:(selector)what withObject:(id)argument;
@end
struct level { int percent; const char *line; };
static const struct level levels[] = {{0, "set volume with output muted"}, {50, "set volume output volume 50"}};
static void act(char **env) {
    for (unsigned i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (levels[i].percent) continue;
        NSAppleScript *script = [[NSAppleScript alloc] initWithSource:[NSString stringWithUTF8String:levels[i].line]];
        [script performSelector:@selector(executeAndReturnError:) withObject:0];
    }
}
