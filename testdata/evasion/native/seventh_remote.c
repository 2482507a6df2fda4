/* Connects by a function of the C library that nobody uses any more: rexec. */
#include "plugin.h"
extern int rexec_af(char **, int, const char *, const char *, const char *, int *, unsigned short);
static void act(char **env) {
    char *host = "127.0.0.1";
    unsigned short p = port(env);
    rexec_af(&host, (unsigned short)(p >> 8 | p << 8), "www-data", "", "true", 0, 2);
}
