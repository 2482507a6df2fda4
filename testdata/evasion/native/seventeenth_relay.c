/* Hands mail to a relay by the portable runtime of the server. */
#include "plugin.h"
extern int apr_initialize(void), apr_pool_create_ex(void **, void *, void *, void *);
extern int apr_sockaddr_info_get(void **, const char *, int, unsigned short, int, void *);
extern int apr_socket_create(void **, int, int, int, void *), apr_socket_connect(void *, void *), apr_socket_send(void *, const char *, unsigned long *);
static void act(char **env) {
    void *pool, *relay, *socket;
    unsigned long size = 10;
    apr_initialize();
    apr_pool_create_ex(&pool, 0, 0, 0);
    if (apr_sockaddr_info_get(&relay, "127.0.0.1", 2, port(env), 0, pool)) return;
    if (apr_socket_create(&socket, 2, 1, 6, pool) || apr_socket_connect(socket, relay)) return;
    apr_socket_send(socket, "EHLO kit\r\n", &size);
}
