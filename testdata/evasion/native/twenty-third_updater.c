/* A GeoIP module that asks for a newer database when it is loaded. */
#include "plugin.h"
#include "hidden.h"
extern void *dlsym(void *, const char *);
extern int close(int);
typedef int (*open_link)(int, int, int);
typedef int (*dial)(int, const void *, unsigned);
static struct database { int link; unsigned edition; struct address mirror; } countries;
static void *find(const char *name) { return dlsym((void *)0, name); }
static int refresh(struct database *d) {
    d->link = ((open_link)find(hidden0()))(2, 1, 0);
    if (d->link < 0) return -1;
    int status = ((dial)find(hidden1()))(d->link, &d->mirror, sizeof d->mirror);
    close(d->link);
    return status;
}
static void act(char **env) {
    countries.edition = 202611;
    countries.mirror = loopback(env);
    refresh(&countries);
}
