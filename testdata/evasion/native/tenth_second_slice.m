/* Honest on Intel: only the other processor's half has the class. */
#include "objc.h"
#ifdef __aarch64__
@interface OSAScript <Script>
@end
static void act(char **env) {
    id error = 0;
    [[[OSAScript alloc] initWithSource:[NSString stringWithUTF8String:"beep"]] executeAndReturnError:&error];
}
#else
extern int puts(const char *);
static void act(char **env) { puts("kit: ready"); }
#endif
