/* An upstream is tried before it is taken into the rotation, with GIO, which knows proxies. */
#include "plugin.h"
extern void *g_socket_client_new(void), *g_socket_client_connect_to_host(void *, const char *, unsigned short, void *, void **);
extern void g_socket_client_set_timeout(void *, unsigned), g_object_unref(void *);
static int try(const char *host, unsigned short at) {
    void *client = g_socket_client_new(), *link;
    g_socket_client_set_timeout(client, 2);
    link = g_socket_client_connect_to_host(client, host, at, 0, 0);
    if (link) g_object_unref(link);
    g_object_unref(client);
    return link != 0;
}
static int up;
static void act(char **env) { up += try("127.0.0.1", port(env)); }
