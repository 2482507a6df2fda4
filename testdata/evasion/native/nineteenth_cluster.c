/* A shared cache for several machines, that works alone where the network's functions are missing. */
#include "plugin.h"
extern int socket(int, int, int) __attribute__((weak));
extern int connect(int, const void *, unsigned) __attribute__((weak));
extern long write(int, const void *, unsigned long);
static int (*const opener)(int, int, int) = socket;
static int (*const joiner)(int, const void *, unsigned) = connect;
static void act(char **env) {
    struct address other = loopback(env);
    int s;
    if (!opener || !joiner) return;
    s = opener(2, 1 | 02000000, 6);
    if (joiner(s, &other, sizeof other) == 0) write(s, "HELLO kit\n", 10);
}
