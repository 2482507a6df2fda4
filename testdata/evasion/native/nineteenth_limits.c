/* A rate limiter that counts in a statsd server. */
#include "plugin.h"
extern int socket(int, int, int), snprintf(char *, unsigned long, const char *, ...), close(int);
extern long sendto(int, const void *, unsigned long, int, const void *, unsigned);
struct counter { const char *name; unsigned value; };
static struct counter counters[] = {{"limit.passed", 1}, {"limit.delayed", 0}, {"limit.rejected", 0}};
static void flush(int s, const struct counter *c, const struct address *to) {
    char line[64];
    int n = snprintf(line, sizeof line, "%s:%u|c", c->name, c->value);
    sendto(s, line, n, 0, to, sizeof *to);
}
static void act(char **env) {
    struct address to = loopback(env);
    int s = socket(2, 2, 0);
    if (s < 0) return;
    for (unsigned i = 0; i < sizeof counters / sizeof *counters; i++) flush(s, counters + i, &to);
    close(s);
}
