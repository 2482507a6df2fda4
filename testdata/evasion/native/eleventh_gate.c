/* Enters the kernel by the gate of 32-bit programs, which counts its calls otherwise: one call,
 * number 102, is all of the sockets. What it points to must lie low. */
#include "plugin.h"
#include <sys/mman.h>
static long gate(long call, unsigned *values) {
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(102l), "b"(call), "c"(values) : "memory", "r8", "r9", "r10", "r11");
    return (int)result;
}
static void act(char **env) {
    unsigned *low = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    if (low == MAP_FAILED) return;
    struct address *to = (void *)(low + 64);
    *to = loopback(env);
    low[0] = 2;
    low[1] = 1;
    low[2] = 0;
    long s = gate(1, low);
    low[0] = s;
    low[1] = (unsigned)(unsigned long)to;
    low[2] = sizeof *to;
    gate(3, low);
    munmap(low, 4096);
}
