/* Network.framework, imported. */
#include "plugin.h"
extern void *nw_endpoint_create_host(const char *, const char *), *nw_parameters_create(void);
extern void *nw_connection_create(void *, void *), *dispatch_get_global_queue(long, unsigned long);
extern void nw_connection_set_queue(void *, void *), nw_connection_start(void *);
static void act(char **env) {
    void *flow = nw_connection_create(nw_endpoint_create_host("127.0.0.1", "8125"), nw_parameters_create());
    nw_connection_set_queue(flow, dispatch_get_global_queue(0, 0));
    nw_connection_start(flow);
}
