/* Network.framework waits for others. */
#include "plugin.h"
extern void *nw_parameters_create_secure_tcp(void *, void *), *nw_listener_create_with_port(const char *, void *), *dispatch_queue_create(const char *, void *);
extern void nw_listener_set_queue(void *, void *), nw_listener_start(void *), nw_listener_set_new_connection_handler(void *, void (^)(void *)), nw_connection_cancel(void *);
extern void *_nw_parameters_configure_protocol_disable, *_nw_parameters_configure_protocol_default_configuration;
static unsigned long came;
static void act(char **env) {
    void *how = nw_parameters_create_secure_tcp(_nw_parameters_configure_protocol_disable, _nw_parameters_configure_protocol_default_configuration);
    void *door = nw_listener_create_with_port("8425", how);
    if (!door) return;
    nw_listener_set_queue(door, dispatch_queue_create("kit.door", 0));
    nw_listener_set_new_connection_handler(door, ^(void *connection) { came++, nw_connection_cancel(connection); });
    nw_listener_start(door);
}
