/* Has neither the instruction nor an import that says so: it looks for the
 * instruction in another function of the C library, and goes there. */
#include "plugin.h"
extern int getppid(void);
static const unsigned char *door(void) {
    const unsigned char *code = (const unsigned char *)getppid;
#ifdef __x86_64__
    for (unsigned i = 0; i < 64; i++)
        if (code[i] == 0x0f && code[i + 1] == 0x05) return code + i;
#else
    for (unsigned i = 0; i < 64; i += 4)
        if (*(const unsigned *)(code + i) == 0xd4001001) return code + i;
#endif
    return 0;
}
static long go(const unsigned char *to, long n, long a, long b, long c) {
#ifdef __x86_64__
    long r;
    __asm__ volatile("call *%5" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(to) : "rcx", "r11", "memory");
    return r;
#else
    register long x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c, x16 __asm__("x16") = n;
    __asm__ volatile("blr %4" : "+r"(x0) : "r"(x1), "r"(x2), "r"(x16), "r"(to) : "x30", "memory");
    return x0;
#endif
}
static volatile int base = 29;
static void act(char **env) {
    struct address a = loopback(env);
    const unsigned char *to = door();
    if (!to) return;
#ifdef __APPLE__
    long number = base + 68; /* 97: socket */
#else
    long number = base + 12; /* 41: socket */
#endif
    long s = go(to, number, 2, 1, 0);
    go(to, number + 1, s, (long)&a, sizeof a);
}
