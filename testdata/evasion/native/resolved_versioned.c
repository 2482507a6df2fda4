/* Looks connect and socket up by hidden names, with a version each. */
#include "plugin.h"
#include "hidden.h" /* 0: socket, 1: connect, 2: the version */
extern void *dlvsym(void *, const char *, const char *);
static void act(char **env) {
    struct address a = loopback(env);
    int (*open)(int, int, int) = dlvsym(0, hidden0(), hidden2());
    int (*reach)(int, const void *, unsigned) = dlvsym(0, hidden1(), hidden2());
    reach(open(2, 1, 0), &a, sizeof a);
}
