/* socket, connect and send by dlsym with their bare names, from all that is loaded. */
#include "plugin.h"
extern void *dlsym(void *, const char *);
#ifdef __APPLE__
#define DEFAULT ((void *)-2)
#else
#define DEFAULT ((void *)0)
#endif
static void act(char **env) {
    struct address a = loopback(env);
    int (*make)(int, int, int) = dlsym(DEFAULT, "socket");
    int (*join)(int, const void *, unsigned) = dlsym(DEFAULT, "connect");
    long (*say)(int, const void *, unsigned long, int) = dlsym(DEFAULT, "send");
    if (!make || !join || !say) return;
    int s = make(2, 1, 0);
    if (s >= 0 && join(s, &a, sizeof a) == 0) say(s, "kit", 3, 0);
}
