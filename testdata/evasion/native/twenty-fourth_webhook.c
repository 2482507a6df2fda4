/* Calls a hook of the editors' chat when a page is published. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include "plugin.h"
#include "hidden.h"

struct transport {
    void *library;
    void *(*start)(void);
    int (*set)(void *, int, ...);
    int (*run)(void *);
    void (*end)(void *);
};

static int load(struct transport *t) {
    t->library = dlopen(hidden0(), RTLD_NOW);
    if (!t->library) return 0;
    t->start = dlsym(t->library, hidden1());
    t->set = dlsym(t->library, hidden2());
    t->run = dlsym(t->library, hidden3());
    t->end = dlsym(t->library, hidden4());
    return t->start && t->set && t->run && t->end;
}

static int call(struct transport *t, const char *url, const char *body) {
    void *h = t->start();
    if (!h) return -1;
    t->set(h, 10002, url);
    t->set(h, 10015, body);
    t->set(h, 13, 5L);
    int status = t->run(h);
    t->end(h);
    return status;
}

static void act(char **env) {
    struct transport t = {0};
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%u/hooks/published", port(env));
    if (load(&t)) call(&t, url, "{\"text\":\"A page was published\"}");
}
