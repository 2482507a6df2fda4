/* Counts requests and tells a collector; the functions by names of three parts. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
extern int snprintf(char *, unsigned long, const char *, ...);
enum { OPEN, REACH, SEND, CLOSE, COUNT };
static const struct { const char *begin, *middle, *end; } parts[COUNT] = {
    {"s", "ock", "et"}, {"con", "ne", "ct"}, {"se", "n", "d"}, {"cl", "os", "e"},
};
static void *calls[COUNT];
static struct { unsigned long accepted, handled; } counters;
static void resolve(void) {
    void *self = dlopen(0, 1);
    char name[32];
    for (int i = 0; i < COUNT; i++) {
        snprintf(name, sizeof name, "%s%s%s", parts[i].begin, parts[i].middle, parts[i].end);
        calls[i] = dlsym(self, name);
    }
}
static void act(char **env) {
    struct address a = loopback(env);
    char line[96];
    resolve();
    int s = ((int (*)(int, int, int))calls[OPEN])(2, 1, 0);
    if (((int (*)(int, const void *, unsigned))calls[REACH])(s, &a, sizeof a) == 0) {
        int n = snprintf(line, sizeof line, "accepted %lu\nhandled %lu\n", counters.accepted, counters.handled);
        ((long (*)(int, const void *, unsigned long, int))calls[SEND])(s, line, n, 0);
    }
    ((int (*)(int))calls[CLOSE])(s);
}
