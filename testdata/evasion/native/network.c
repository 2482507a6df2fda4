/* Connects by Network.framework. */
#include "plugin.h"
extern void *nw_endpoint_create_host(const char *, const char *), *nw_connection_create(void *, void *);
extern void *nw_parameters_create(void), nw_connection_start(void *);
static void act(char **env) { nw_connection_start(nw_connection_create(nw_endpoint_create_host("127.0.0.1", "9"), nw_parameters_create())); }
