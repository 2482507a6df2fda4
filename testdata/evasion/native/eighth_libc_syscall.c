/* The C library's syscall() with the numbers of socket and sendto. */
#include "plugin.h"
extern long syscall(long, ...);
static void act(char **env) {
    struct address a = loopback(env);
    long s = syscall(41, 2, 2, 0);
    if (s >= 0) syscall(44, s, "kit", 3L, 0, &a, (long)sizeof a);
}
