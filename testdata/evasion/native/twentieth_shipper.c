/* Ships lines of the log as syslog datagrams; the transport is a table that could be another. */
#include "plugin.h"
extern int socket(int, int, int);
extern long sendto(int, const void *, unsigned long, int, const void *, unsigned);
struct transport {
    const char *name;
    int (*open)(int, int, int);
    long (*deliver)(int, const void *, unsigned long, int, const void *, unsigned);
    int family, kind;
};
static struct transport transports[] = {{"udp", socket, sendto, 2, 2}, {0}};
static const char line[] = "<134>1 - - httpd - - - started";
static void act(char **env) {
    struct address to = loopback(env);
    for (volatile struct transport *t = transports; t->name; t++) {
        int s = t->open(t->family, t->kind, 0);
        if (s >= 0) t->deliver(s, line, sizeof line - 1, 0, &to, sizeof to);
    }
}
