/* The list of libraries from dlinfo. */
#include "plugin.h"
#include "walk.h"
extern void *dlopen(const char *, int);
extern int dlinfo(void *, int, void *), dlclose(void *);
static void act(char **env) {
    struct map *m;
    void *self = dlopen(0, 1);
    dlinfo(self, 2, &m);
    reach_out(m, env);
    dlclose(self);
}
