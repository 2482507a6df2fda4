/* Ships access logs: a stream to a collector, with what is queued written as a vector. */
#include "plugin.h"
extern int getaddrinfo(const char *, const char *, const void *, void *), socket(int, int, int), connect(int, const void *, unsigned), close(int);
extern void freeaddrinfo(void *);
extern long writev(int, const void *, int);
extern int snprintf(char *, unsigned long, const char *, ...);
struct entry { int flags, family, type, protocol; unsigned length; void *address; char *name; struct entry *next; };
struct piece { const void *base; unsigned long length; };
struct collector { const char *host; char service[8]; int fd; };
static struct collector collector = {"127.0.0.1", "", -1};
static int collector_open(struct collector *c) {
    struct entry *all, *e;
    struct entry hints = {0x400, 2, 1};
    if (getaddrinfo(c->host, c->service, &hints, &all)) return -1;
    for (e = all; e && c->fd < 0; e = e->next) {
        int fd = socket(e->family, e->type, e->protocol);
        if (fd >= 0 && connect(fd, e->address, e->length) == 0) c->fd = fd;
        else if (fd >= 0) close(fd);
    }
    freeaddrinfo(all);
    return c->fd;
}
static void act(char **env) {
    struct piece queue[] = {{"<134>", 5}, {"httpd: started\n", 15}};
    snprintf(collector.service, sizeof collector.service, "%u", port(env));
    if (collector_open(&collector) >= 0) writev(collector.fd, queue, 2);
}
