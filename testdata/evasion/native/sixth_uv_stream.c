/* A Node addon that connects by the libuv within node. */
#define ON_REQUEST
#include "plugin.h"
extern void *uv_default_loop(void);
extern int uv_tcp_init(void *, void *), uv_ip4_addr(const char *, int, void *), uv_tcp_connect(void *, void *, const void *, void (*)(void *, int));
extern void uv_close(void *, void *);
extern char **environ;
static long stream[128], request[128];
static void connected(void *r, int status) { uv_close(stream, 0); }
static void *on_register(void *env, void *exports) {
    char address[32];
    uv_tcp_init(uv_default_loop(), stream);
    uv_ip4_addr("127.0.0.1", port(environ), address);
    uv_tcp_connect(request, stream, address, connected);
    return exports;
}
