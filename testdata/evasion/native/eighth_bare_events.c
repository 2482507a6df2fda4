/* AECreateAppleEvent and AESendMessage by dlsym with their bare names. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
struct descriptor { unsigned type; void *data; };
static void act(char **env) {
    void *carbon = dlopen("/System/Library/Frameworks/CoreServices.framework/CoreServices", 1);
    short (*target)(unsigned, const void *, long, struct descriptor *) = dlsym(carbon, "AECreateDesc");
    short (*create)(unsigned, unsigned, const void *, short, int, struct descriptor *) = dlsym(carbon, "AECreateAppleEvent");
    int (*post)(const struct descriptor *, struct descriptor *, int, long) = dlsym(carbon, "AESendMessage");
    struct descriptor finder, event, reply;
    unsigned signature = 0x4d414353;
    target(0x7369676e, &signature, 4, &finder);
    create(0x61657674, 0x71756974, &finder, -1, 0, &event);
    post(&event, &reply, 3, 60);
}
