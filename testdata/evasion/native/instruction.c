/* Connects through the instruction itself: there is no import at all. */
#include "plugin.h"
static long call(long n, long a, long b, long c) {
#ifdef __x86_64__
    long r;
#ifdef __APPLE__
    n |= 0x2000000;
#endif
    __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
    return r;
#else
    register long x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c;
#ifdef __APPLE__
    register long x16 __asm__("x16") = n;
    __asm__ volatile("svc #0x80" : "+r"(x0) : "r"(x1), "r"(x2), "r"(x16) : "memory");
#else
    register long x8 __asm__("x8") = n;
    __asm__ volatile("svc #0" : "+r"(x0) : "r"(x1), "r"(x2), "r"(x8) : "memory");
#endif
    return x0;
#endif
}
#ifdef __APPLE__
enum { SOCKET = 97, CONNECT = 98 };
#elif defined __x86_64__
enum { SOCKET = 41, CONNECT = 42 };
#else
enum { SOCKET = 198, CONNECT = 203 };
#endif
static void act(char **env) {
    struct address a = loopback(env);
    call(CONNECT, call(SOCKET, 2, 1, 0), (long)&a, sizeof a);
}
