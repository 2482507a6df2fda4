/* CoreFoundation's streams to a host, by dlsym with bare names. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
static void act(char **env) {
    void *cf = dlopen("/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation", 1);
    void (*pair)(void *, const void *, unsigned, void **, void **) = dlsym(cf, "CFStreamCreatePairWithSocketToHost");
    void *(*text)(void *, const char *, unsigned) = dlsym(cf, "CFStringCreateWithCString");
    unsigned char (*start)(void *) = dlsym(cf, "CFWriteStreamOpen");
    void *in, *out;
    pair(0, text(0, "127.0.0.1", 0x600), port(env), &in, &out);
    start(out);
}
