/* Carts of a shop in a database; libpq is opened late, since small shops have none. */
#include "plugin.h"
#include "hidden.h" /* 0: library, 1: connect, 2: finish */
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
extern int snprintf(char *, unsigned long, const char *, ...);
static void *library;
static void *need(char *(*name)(void)) { return dlsym(library, name()); }
static void act(char **env) {
    char where[128];
    if (!(library = dlopen(hidden0(), 1))) return;
    void *(*begin)(const char *) = need(hidden1);
    void (*finish)(void *) = need(hidden2);
    snprintf(where, sizeof where, "host=127.0.0.1 port=%u dbname=shop user=shop connect_timeout=2", port(env));
    if (begin && finish) finish(begin(where));
}
