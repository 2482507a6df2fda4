/* Network.framework by dlsym with bare names. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *), *dispatch_queue_create(const char *, void *);
static void act(char **env) {
    void *network = dlopen("/System/Library/Frameworks/Network.framework/Network", 1);
    void *(*place)(const char *, const char *) = dlsym(network, "nw_endpoint_create_host");
    void *(*secure)(void *, void *) = dlsym(network, "nw_parameters_create_secure_tcp");
    void *(*make)(void *, void *) = dlsym(network, "nw_connection_create");
    void (*on)(void *, void *) = dlsym(network, "nw_connection_set_queue"), (*start)(void *) = dlsym(network, "nw_connection_start");
    void *c = make(place("10.0.0.7", "443"), secure(*(void **)dlsym(network, "_nw_parameters_configure_protocol_disable"), 0));
    on(c, dispatch_queue_create("kit", 0));
    start(c);
}
