/* Sends measurements by Network.framework, whose functions are plain imports. */
#include "plugin.h"
extern void *nw_endpoint_create_host(const char *, const char *), *nw_parameters_create_secure_udp(const void *, const void *), *nw_connection_create(void *, void *);
extern void nw_connection_set_queue(void *, void *), nw_connection_start(void *), nw_release(void *);
extern void *dispatch_queue_create(const char *, void *);
extern const void *_nw_parameters_configure_protocol_default_configuration, *_nw_parameters_configure_protocol_disable;
static void act(char **env) {
    void *end = nw_endpoint_create_host("127.0.0.1", "8125");
    void *how = nw_parameters_create_secure_udp(_nw_parameters_configure_protocol_disable, _nw_parameters_configure_protocol_default_configuration);
    void *line = nw_connection_create(end, how);
    nw_connection_set_queue(line, dispatch_queue_create("kit.metrics", 0));
    nw_connection_start(line);
    nw_release(end);
    nw_release(how);
}
