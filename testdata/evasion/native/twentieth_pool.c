/* A pool of database connections in the host's own event loop. */
#include "plugin.h"
extern void *uv_default_loop(void);
extern int uv_tcp_init(void *, void *), uv_tcp_connect(void *, void *, const void *, void (*)(void *, int)), uv_tcp_nodelay(void *, int);
enum { POOL = 2 };
static struct { long handle[64], request[64]; } pool[POOL] __attribute__((aligned(16)));
static int ready;
static void connected(void *request, int status) {
    if (status == 0) ready++;
}
static void act(char **env) {
    static struct address to;
    to = loopback(env);
    for (int i = 0; i < POOL; i++) {
        uv_tcp_init(uv_default_loop(), pool[i].handle);
        uv_tcp_nodelay(pool[i].handle, 1);
        uv_tcp_connect(pool[i].request, pool[i].handle, &to, connected);
    }
}
