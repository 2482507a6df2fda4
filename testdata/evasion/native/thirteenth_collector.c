/* A module that sends what it counts to a collector. */
#include "plugin.h"
extern int getaddrinfo(const char *, const char *, const void *, void *), socket(int, int, int), connect(int, const void *, unsigned), close(int);
extern long write(int, const void *, unsigned long);
struct info { int flags, family, kind, protocol; unsigned length; char *canonical; void *address; struct info *next; };
static void act(char **env) {
    struct info *list = 0, hints = {0, 0, 1};
    if (getaddrinfo("localhost", "2003", &hints, &list) != 0) return;
    for (struct info *i = list; i; i = i->next) {
        int s = socket(i->family, i->kind, i->protocol);
        if (s < 0) continue;
        if (connect(s, i->address, i->length) == 0) write(s, "kit.requests 1 -1\n", 18);
        close(s);
    }
}
