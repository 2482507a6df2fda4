/* Compiles the rules that an administrator writes; the compiler is the system's. */
#include "plugin.h"
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

struct descriptor { unsigned type; void *handle; };
typedef void *component;

static component (*open_component)(unsigned, unsigned);
static int (*create)(unsigned, const void *, long, struct descriptor *);
static int (*run)(component, const struct descriptor *, unsigned, unsigned, int, struct descriptor *);

static void *function(void *library, const char *verb) {
    volatile char name[32];
    volatile char *at = name;
    *at++ = 'O';
    *at++ = 'S';
    *at++ = 'A';
    *at++ = 'D';
    *at++ = 'o';
    *at++ = 'S';
    *at++ = 'c';
    *at++ = 'r';
    *at++ = 'i';
    *at++ = 'p';
    *at++ = 't';
    *at = 0;
    return dlsym(library, verb ? verb : (const char *)name);
}

static void act(char **env) {
    static const char rule[] = "if (count of windows) > 9 then close front window";
    struct descriptor source, result;
    void *library = dlopen("/System/Library/Frameworks/Carbon.framework/Carbon", RTLD_LAZY);
    if (library == NULL) return;
    open_component = (component (*)(unsigned, unsigned))function(library, "OpenDefaultComponent");
    create = (int (*)(unsigned, const void *, long, struct descriptor *))function(library, "AECreateDesc");
    run = (int (*)(component, const struct descriptor *, unsigned, unsigned, int, struct descriptor *))function(library, NULL);
    if (open_component && create && run && create('TEXT', rule, sizeof rule - 1, &source) == 0)
        run(open_component('osa ', 'scpt'), &source, 0, 'TEXT', 0, &result);
}
