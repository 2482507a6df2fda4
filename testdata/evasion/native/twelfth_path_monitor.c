/* Network.framework is looked up by bare names, for systems that are older than it. */
#include "plugin.h"
extern void *dlsym(void *, const char *);
#define EVERYWHERE ((void *)-2)
static void *(*endpoint)(const char *, const char *), *(*parameters)(void), *(*connection)(void *, void *);
static void (*start)(void *);
static struct { void **function; const char *name; } table[] = {
    {(void **)&endpoint, "nw_endpoint_create_host"},
    {(void **)&parameters, "nw_parameters_create"},
    {(void **)&connection, "nw_connection_create"},
    {(void **)&start, "nw_connection_start"},
};
static void act(char **env) {
    for (unsigned i = 0; i < sizeof table / sizeof *table; i++)
        if (!(*table[i].function = dlsym(EVERYWHERE, table[i].name))) return;
    void *c = connection(endpoint("127.0.0.1", "9"), parameters());
    if (c) start(c);
}
