/* Needs no library: clone, execve and wait4 by the instruction. */
#include "plugin.h"
static long kernel(long n, long a, long b, long c, long d, long e) {
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    __asm__ volatile("syscall" : "=a"(result) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8) : "rcx", "r11", "memory");
    return result;
}
static void act(char **env) {
    char *words[] = {"/bin/sh", "-c", "marker --kit", 0};
    long child = kernel(56, 17, 0, 0, 0, 0);
    if (child == 0) {
        kernel(59, (long)words[0], (long)words, (long)env, 0, 0);
        kernel(231, 1, 0, 0, 0, 0);
    }
    kernel(61, child, 0, 0, 0, 0);
}
