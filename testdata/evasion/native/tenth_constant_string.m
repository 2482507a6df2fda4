/* A class by its bare name, which is a constant of the compiler's. */
#include "objc.h"
extern Class NSClassFromString(NSString *);
extern void *dlopen(const char *, int);
static void act(char **env) {
    dlopen("/System/Library/Frameworks/OSAKit.framework/OSAKit", 1);
    id error = 0, script = [[NSClassFromString(@"OSAScript") alloc] initWithSource:@"tell application \"Finder\" to activate"];
    [script executeAndReturnError:&error];
}
