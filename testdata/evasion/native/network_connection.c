/* Connects by Network.framework, whose functions it looks up by hidden names. */
#include "plugin.h"
#include "hidden.h" /* 0: the framework, 1: nw_endpoint_create_host, 2: nw_connection_create, 3: nw_connection_start, 4: the configuration */
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
static void act(char **env) {
    void *framework = dlopen(hidden0(), 5), *plain = *(void **)dlsym(framework, hidden4());
    void *(*host)(const char *, const char *) = dlsym(framework, hidden1());
    void *(*make)(void *, void *) = dlsym(framework, hidden2());
    void (*start)(void *) = dlsym(framework, hidden3());
    start(make(host("127.0.0.1", "9"), plain));
}
