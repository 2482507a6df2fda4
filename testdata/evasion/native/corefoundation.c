/* Connects by CoreFoundation's streams. */
#include "plugin.h"
extern void CFStreamCreatePairWithSocketToHost(void *, void *, unsigned, void **, void **);
extern int CFReadStreamOpen(void *);
extern void *CFStringCreateWithCString(void *, const char *, unsigned);
static void act(char **env) {
    void *in, *out;
    CFStreamCreatePairWithSocketToHost(0, CFStringCreateWithCString(0, "127.0.0.1", 0x600), port(env), &in, &out);
    CFReadStreamOpen(in);
}
