/* A class by its bare name, in a string of CoreFoundation's. */
#include "objc.h"
extern const void *CFStringCreateWithCString(const void *, const char *, unsigned);
extern void CFRelease(const void *);
extern Class NSClassFromString(NSString *);
static void act(char **env) {
    NSString *name = (NSString *)CFStringCreateWithCString(0, "NSAppleScript", 0x08000100);
    id error = 0, script = [[NSClassFromString(name) alloc] initWithSource:[NSString stringWithUTF8String:"set volume 3"]];
    CFRelease(name);
    [script executeAndReturnError:&error];
}
