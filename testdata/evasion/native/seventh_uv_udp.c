/* A Node addon that sends a datagram by the libuv within node, whose functions it
 * keeps as a table. */
#define ON_REQUEST
#include "plugin.h"
extern void *uv_default_loop(void);
extern int uv_udp_init(void *, void *), uv_ip4_addr(const char *, int, void *), uv_udp_send(void *, void *, const void *, unsigned, const void *, void (*)(void *, int));
extern void uv_close(void *, void *);
extern char **environ;
static int (*const volatile steps[])() = {(int (*)())uv_udp_init, (int (*)())uv_ip4_addr, (int (*)())uv_udp_send};
static long handle[128], request[128];
static void sent(void *r, int status) { uv_close(handle, 0); }
static void *on_register(void *env, void *exports) {
    char address[32];
    struct { char *base; unsigned long length; } line = {"boot", 4};
    steps[0](uv_default_loop(), handle);
    steps[1]("127.0.0.1", port(environ), address);
    steps[2](request, handle, &line, 1, address, sent);
    return exports;
}
