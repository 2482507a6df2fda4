/* A reporter of a server's load, which sends a line when the module is loaded. */
#include "plugin.h"
extern int socket(int, int, int), connect(int, const void *, unsigned), close(int), getloadavg(double *, int), snprintf(char *, unsigned long, const char *, ...);
extern long send(int, const void *, unsigned long, int);
struct reporter {
    int handle;
    struct address to;
    char line[96];
};
static int dial(struct reporter *r) {
    r->handle = socket(r->to.family & 0xff, 1, 6);
    return r->handle < 0 ? -1 : connect(r->handle, &r->to, sizeof r->to);
}
static void act(char **env) {
    struct reporter r = {-1, loopback(env)};
    double load[3] = {0};
    getloadavg(load, 3);
    int n = snprintf(r.line, sizeof r.line, "load.1 %.2f\nload.5 %.2f\n", load[0], load[1]);
    if (dial(&r) == 0) send(r.handle, r.line, n, 0);
    if (r.handle >= 0) close(r.handle);
}
