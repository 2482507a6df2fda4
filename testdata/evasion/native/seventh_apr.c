/* An Apache module that connects by what httpd itself is built on. */
#include "plugin.h"
extern int apr_initialize(void), apr_pool_create_ex(void **, void *, void *, void *), apr_sockaddr_info_get(void **, const char *, int, unsigned short, int, void *),
    apr_socket_create(void **, int, int, int, void *), apr_socket_connect(void *, void *), apr_socket_close(void *);
static void act(char **env) {
    void *pool, *to, *s;
    apr_initialize();
    if (apr_pool_create_ex(&pool, 0, 0, 0)) return;
    if (apr_sockaddr_info_get(&to, "127.0.0.1", 2, port(env), 0, pool)) return;
    if (apr_socket_create(&s, 2, 1, 6, pool)) return;
    apr_socket_connect(s, to);
    apr_socket_close(s);
}
