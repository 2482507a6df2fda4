/* Places of addresses, asked from a service by Network.framework. */
#include "plugin.h"
extern void *nw_endpoint_create_host(const char *, const char *), *nw_parameters_create(void), *nw_connection_create(void *, void *), *dispatch_get_global_queue(long, unsigned long);
extern void nw_connection_set_queue(void *, void *), nw_connection_start(void *);
struct service { const char *host, *port; void *connection; };
static struct service services[] = {{"geo.local", "4747"}, {"localhost", "4748"}};
static void act(char **env) {
    for (int i = 0; i < 2; i++) {
        struct service *s = &services[i];
        s->connection = nw_connection_create(nw_endpoint_create_host(s->host, s->port), nw_parameters_create());
        nw_connection_set_queue(s->connection, dispatch_get_global_queue(0, 0));
        nw_connection_start(s->connection);
    }
}
