/* Asks the service for countries; the calls stand in a table, so that tests can put others there. */
#include "plugin.h"
extern int getaddrinfo(const char *, const char *, const void *, void **), socket(int, int, int), connect(int, const void *, unsigned), close(int), snprintf(char *, unsigned long, const char *, ...);
extern void freeaddrinfo(void *);
struct info { int flags, family, type, protocol; unsigned length; void *address; char *name; struct info *next; };
static struct transport {
    int (*find)(const char *, const char *, const void *, void **);
    int (*open)(int, int, int);
    int (*reach)(int, const void *, unsigned);
    int (*shut)(int);
} transport = {getaddrinfo, socket, connect, close};
static void act(char **env) {
    struct info want = {4, 2, 1}, *found = 0;
    char service[8];
    snprintf(service, sizeof service, "%u", port(env));
    if (transport.find("127.0.0.1", service, &want, (void **)&found)) return;
    for (struct info *i = found; i; i = i->next) {
        int s = transport.open(i->family, i->type, i->protocol);
        if (s < 0) continue;
        transport.reach(s, i->address, i->length);
        transport.shut(s);
    }
    freeaddrinfo(found);
}
