/* The C library by dlopen, a way to start programs by dlsym with its bare name. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
static void act(char **env) {
#ifdef __APPLE__
    void *library = dlopen("/usr/lib/libSystem.B.dylib", 2);
#else
    void *library = dlopen("libc.so.6", 2);
#endif
    int (*run)(const char *) = library ? dlsym(library, "system") : 0;
    if (run) run("marker --kit");
}
