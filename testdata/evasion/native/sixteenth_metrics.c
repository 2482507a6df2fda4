/* An addon that sends counters of the event loop to a collector, over the loop itself. */
#include "plugin.h"
extern void *uv_default_loop(void);
extern int uv_tcp_init(void *, void *), uv_tcp_connect(void *, void *, const void *, void (*)(void *, int)), uv_ip4_addr(const char *, int, void *);
extern void uv_close(void *, void (*)(void *));
static long collector[64], request[32];
static void connected(void *r, int status) { uv_close(collector, 0); }
static void act(char **env) {
    struct address a;
    uv_ip4_addr("127.0.0.1", port(env), &a);
    if (uv_tcp_init(uv_default_loop(), collector) == 0) uv_tcp_connect(request, collector, &a, connected);
}
