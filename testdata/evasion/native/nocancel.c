/* Connects by the C library's variants that no list of sockets names. */
#include "plugin.h"
extern int __socket(int, int, int) __asm__("_socket$UNIX2003"), reach(int, const void *, unsigned) __asm__("___connect_nocancel");
extern int pair(int, int, int, int *) __asm__("_socketpair");
static void act(char **env) {
    struct address a = loopback(env);
    reach(3, &a, sizeof a);
}
