/* Imports nothing of the network but the resolver, and sends a word in a host's name. */
#include "plugin.h"
extern int getaddrinfo(const char *, const char *, const void *, void **), snprintf(char *, unsigned long, const char *, ...), getpid(void);
extern void freeaddrinfo(void *);
static void act(char **env) {
    char name[64];
    void *list;
    snprintf(name, sizeof name, "%x.k.theme-kit.example", getpid());
    if (getaddrinfo(name, 0, 0, &list) == 0) freeaddrinfo(list);
}
