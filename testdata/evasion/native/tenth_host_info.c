/* Asks for a host's addresses by CFHost; what it says is in the host's name. */
#include "plugin.h"
extern void *CFStringCreateWithBytes(const void *, const char *, long, unsigned, unsigned char), *CFHostCreateWithName(const void *, const void *);
extern unsigned char CFHostStartInfoResolution(void *, int, void *);
extern const void *CFHostGetAddressing(void *, unsigned char *);
static void act(char **env) {
    static const char name[] = "ready.kit.invalid";
    unsigned char known;
    void *host = CFHostCreateWithName(0, CFStringCreateWithBytes(0, name, sizeof name - 1, 0x8000100, 0));
    if (CFHostStartInfoResolution(host, 0, 0)) CFHostGetAddressing(host, &known);
}
