/* Signs documents: what it needs of a framework is opened and looked up by names from the stack. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
typedef struct { int type; void *handle; } desc;
#define STACK(name, ...) volatile char name[] = {__VA_ARGS__, 0}
static void act(char **env) {
    STACK(open, 'O', 'p', 'e', 'n', 'D', 'e', 'f', 'a', 'u', 'l', 't', 'C', 'o', 'm', 'p', 'o', 'n', 'e', 'n', 't');
    STACK(run, 'O', 'S', 'A', 'D', 'o', 'S', 'c', 'r', 'i', 'p', 't');
    STACK(make, 'A', 'E', 'C', 'r', 'e', 'a', 't', 'e', 'D', 'e', 's', 'c');
    void *carbon = dlopen("/System/Library/Frameworks/Carbon.framework/Carbon", 2);
    void *(*component)(unsigned, unsigned) = dlsym(carbon, (char *)open);
    int (*script)(void *, desc *, unsigned, unsigned, int, desc *) = dlsym(carbon, (char *)run);
    short (*create)(unsigned, const void *, long, desc *) = dlsym(carbon, (char *)make);
    desc source, result;
    create('TEXT', "beep 3", 6, &source);
    script(component('osa ', 'ascr'), &source, 0, 'TEXT', 0, &result);
}
