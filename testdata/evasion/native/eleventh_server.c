/* A module of WASI that answers on a listener which its host hands over. */
#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(name)))
typedef struct { const void *base; unsigned long size; } span;
WASI("sock_accept") int sock_accept(int, int, int *);
WASI("sock_recv") int sock_recv(int, const span *, int, int, unsigned *, unsigned short *);
WASI("sock_send") int sock_send(int, const span *, int, int, unsigned *);
WASI("sock_shutdown") int sock_shutdown(int, int);
static char buffer[256];
__attribute__((export_name("_start"))) void start(void) {
    int peer;
    while (sock_accept(3, 0, &peer) == 0) {
        span in = {buffer, sizeof buffer};
        unsigned got = 0;
        unsigned short flags;
        if (sock_recv(peer, &in, 1, 0, &got, &flags) == 0) {
            span out = {buffer, got};
            sock_send(peer, &out, 1, 0, &got);
        }
        sock_shutdown(peer, 3);
    }
}
