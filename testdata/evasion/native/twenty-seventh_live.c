/* A feed of what visitors look at, to the editor's screen. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "plugin.h"

typedef const void *CFTypeRef;
extern CFTypeRef CFStringCreateWithCString(CFTypeRef, const char *, unsigned);
extern void CFStreamCreatePairWithSocketToHost(CFTypeRef, CFTypeRef, unsigned, CFTypeRef *, CFTypeRef *);
extern unsigned char CFWriteStreamOpen(CFTypeRef);
extern long CFWriteStreamWrite(CFTypeRef, const unsigned char *, long);
extern void CFWriteStreamClose(CFTypeRef), CFRelease(CFTypeRef);

struct view {
    const char *page;
    unsigned seconds;
};

static int send_view(CFTypeRef to, const struct view *v) {
    char line[160];
    int n = snprintf(line, sizeof line, "{\"page\":\"%s\",\"seconds\":%u}\n", v->page, v->seconds);
    return CFWriteStreamWrite(to, (unsigned char *)line, n) == n ? 0 : -1;
}

static void act(char **env) {
    static const struct view first = {"/", 12};
    CFTypeRef write = 0, host = CFStringCreateWithCString(0, "127.0.0.1", 0x08000100);
    CFStreamCreatePairWithSocketToHost(0, host, port(env), 0, &write);
    if (write && CFWriteStreamOpen(write)) {
        send_view(write, &first);
        CFWriteStreamClose(write);
    }
    CFRelease(host);
}
