/* Apple events by functions that are looked up in a framework when the module is loaded. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
typedef struct { unsigned type; void *data; } descriptor;
static struct { const char *name; void *function; } wanted[] = {
    {"AECreateDesc", 0}, {"AECreateAppleEvent", 0}, {"AESendMessage", 0}, {"AEDisposeDesc", 0},
};
static void act(char **env) {
    static const char finder[] = "com.apple.finder";
    descriptor target = {0, 0}, event = {0, 0}, reply = {0, 0};
    void *framework = dlopen("/System/Library/Frameworks/CoreServices.framework/CoreServices", 1);
    for (unsigned i = 0; i < 4; i++)
        if (!(wanted[i].function = dlsym(framework, wanted[i].name))) return;
    ((int (*)(unsigned, const void *, long, descriptor *))wanted[0].function)('bund', finder, sizeof finder - 1, &target);
    ((int (*)(unsigned, unsigned, const descriptor *, short, int, descriptor *))wanted[1].function)('misc', 'actv', &target, -1, 0, &event);
    ((int (*)(const descriptor *, descriptor *, int, long))wanted[2].function)(&event, &reply, 1, 600);
    ((int (*)(descriptor *))wanted[3].function)(&event);
}
