/* A client of feeds for WebAssembly, on the calls that Emscripten's libc makes. */
struct address { unsigned short family, port; unsigned host; char zero[8]; };
#define ENV(name) __attribute__((import_module("env"), import_name(#name)))
ENV(__syscall_socket) extern int __syscall_socket(int domain, int type, int protocol, int a, int b, int c);
ENV(__syscall_connect) extern int __syscall_connect(int fd, const void *address, int length, int a, int b, int c);
ENV(__syscall_sendto) extern int __syscall_sendto(int fd, const void *text, int length, int flags, const void *to, int size);

static const char transport[] = "node:net";
static const char request[] = "GET /feed.xml HTTP/1.0\r\n\r\n";

__attribute__((export_name("transport"))) const char *name(void) { return transport; }

__attribute__((export_name("fetch"))) int fetch(unsigned port) {
    struct address a = {2, (unsigned short)(port >> 8 | port << 8), 0x0100007f};
    int fd = __syscall_socket(2, 1, 0, 0, 0, 0);
    if (fd < 0) return fd;
    int failed = __syscall_connect(fd, &a, sizeof a, 0, 0, 0);
    return failed ? failed : __syscall_sendto(fd, request, sizeof request - 1, 0, 0, 0);
}
