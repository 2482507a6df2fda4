/* The same, by weak references, which need not be there. */
#include "plugin.h"
extern int socket(int, int, int) __attribute__((weak)), connect(int, const void *, unsigned) __attribute__((weak));
static void act(char **env) {
    struct address a = loopback(env);
    if (socket && connect) connect(socket(2, 1, 0), &a, sizeof a);
}
