/* The C library still has what rexec was made of, and it connects. */
#include "plugin.h"
extern int rexec_af(char **, int, const char *, const char *, const char *, int *, unsigned short);
static void act(char **env) {
    char *host = "127.0.0.1";
    unsigned p = port(env);
    rexec_af(&host, (p >> 8 | p << 8) & 0xffff, "kit", "kit", "uptime", 0, 2);
}
