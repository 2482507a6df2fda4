/* Asks a daemon how much of its quota a user has left. */
#include "plugin.h"
extern int socket(int, int, int), connect(int, const void *, unsigned), close(int);
extern long send(int, const void *, unsigned long, int);
static int ask(const struct address *daemon, const char *user, unsigned long length) {
    int s = socket(2, 1, 6);
    if (s < 0 || connect(s, daemon, sizeof *daemon)) return -1;
    send(s, user, length, 0);
    return close(s);
}
static void act(char **env) {
    struct address daemon = loopback(env);
    ask(&daemon, "www\n", 4);
}
