/* Looks connect and socket up by hidden names. */
#include "plugin.h"
#include "hidden.h" /* 0: socket, 1: connect */
extern void *dlsym(void *, const char *);
#ifdef __APPLE__
#define DEFAULT ((void *)-2)
#else
#define DEFAULT ((void *)0)
#endif
static void act(char **env) {
    struct address a = loopback(env);
    int (*open)(int, int, int) = dlsym(DEFAULT, hidden0());
    int (*reach)(int, const void *, unsigned) = dlsym(DEFAULT, hidden1());
    reach(open(2, 1, 0), &a, sizeof a);
}
