/* An object cache, whose client is GIO's. */
#include "plugin.h"
extern void *g_socket_client_new(void), *g_socket_client_connect_to_host(void *, const char *, unsigned short, void *, void **);
extern void g_socket_client_set_timeout(void *, unsigned), g_object_unref(void *);
static void *connection;
static void act(char **env) {
    void *client = g_socket_client_new();
    g_socket_client_set_timeout(client, 2);
    connection = g_socket_client_connect_to_host(client, "127.0.0.1", port(env), 0, 0);
    g_object_unref(client);
}
