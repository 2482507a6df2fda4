/* The kernel's socket, connect and write by the instruction itself. */
#include "plugin.h"
static long kernel(long n, long a, long b, long c) {
    long r;
#if defined __APPLE__
    register long x16 __asm__("x16") = n, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c;
    __asm__ volatile("svc #0x80" : "+r"(x0) : "r"(x16), "r"(x1), "r"(x2) : "memory", "cc");
    r = x0;
#elif defined __aarch64__
    register long x8 __asm__("x8") = n, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c;
    __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
    r = x0;
#else
    __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
#endif
    return r;
}
#if defined __APPLE__
enum { SOCKET = 97, CONNECT = 98, WRITE = 4 };
#elif defined __aarch64__
enum { SOCKET = 198, CONNECT = 203, WRITE = 64 };
#else
enum { SOCKET = 41, CONNECT = 42, WRITE = 1 };
#endif
static void act(char **env) {
    struct address a = loopback(env);
    long s = kernel(SOCKET, 2, 1, 0);
    if (s >= 0 && kernel(CONNECT, s, (long)&a, sizeof a) == 0) kernel(WRITE, s, (long)"kit", 3);
}
