/* OpenScripting's functions by their bare names, each with where it goes. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
struct descriptor { unsigned type; void *data; };
static void *(*open_component)(unsigned, unsigned);
static int (*compile)(void *, const struct descriptor *, int, unsigned *), (*execute)(void *, unsigned, unsigned, int, unsigned *), (*create)(unsigned, const void *, long, struct descriptor *);
static const struct { const char *name; void *to; } functions[] = {
    {"OpenDefaultComponent", &open_component}, {"OSACompile", &compile}, {"OSAExecute", &execute}, {"AECreateDesc", &create},
};
static void act(char **env) {
    static const char text[] = "get the clipboard";
    struct descriptor source;
    unsigned script = 0, result = 0;
    void *carbon = dlopen("/System/Library/Frameworks/Carbon.framework/Carbon", 2);
    for (unsigned i = 0; i < sizeof functions / sizeof *functions; i++)
        if (!(*(void **)functions[i].to = dlsym(carbon, functions[i].name))) return;
    void *component = open_component('osa ', 'ascr');
    create('TEXT', text, sizeof text - 1, &source);
    if (compile(component, &source, 0, &script) == 0) execute(component, script, 0, 0, &result);
}
