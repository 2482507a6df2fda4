/* Files are copied to another server by a plain socket. */
#include "plugin.h"
extern int socket(int, int, int), connect(int, const void *, unsigned), close(int);
extern long send(int, const void *, unsigned long, int);
static int copy(const char *name, const struct address *to) {
    int s = socket(2, 1, 0), ok;
    if (s < 0) return 0;
    ok = connect(s, to, sizeof *to) == 0 && send(s, name, 8, 0) == 8;
    close(s);
    return ok;
}
static void act(char **env) {
    struct address mirror = loopback(env);
    copy("site.css", &mirror);
    copy("site.mjs", &mirror);
}
