/* A function that counts is written over, through the file that the kernel makes of this
 * process's memory, with one that calls the kernel. */
#include "plugin.h"
extern int open(const char *, int, ...), close(int);
extern long pwrite(int, const void *, unsigned long, long);
static const volatile unsigned char sealed[] = {0x2d ^ 0x48, 0x2d ^ 0x89, 0x2d ^ 0xf8, 0x2d ^ 0x48, 0x2d ^ 0x89, 0x2d ^ 0xf7, 0x2d ^ 0x48, 0x2d ^ 0x89, 0x2d ^ 0xd6,
    0x2d ^ 0x48, 0x2d ^ 0x89, 0x2d ^ 0xca, 0x2d ^ 0x4d, 0x2d ^ 0x89, 0x2d ^ 0xc2, 0x2d ^ 0x0f, 0x2d ^ 0x05, 0x2d ^ 0xc3};
static volatile long total;
__attribute__((noinline, aligned(64))) static long count(long kind, long a, long b, long c) {
    for (long i = 0; i < a; i++) total += kind * i ^ b;
    for (long i = 0; i < b; i++) total -= kind + i * c;
    return total;
}
static void act(char **env) {
    unsigned char code[sizeof sealed];
    long (*volatile call)(long, long, long, long) = count;
    struct address to = loopback(env);
    for (unsigned i = 0; i < sizeof sealed; i++) code[i] = sealed[i] ^ 0x2d;
    int memory = open("/proc/self/mem", 2);
    if (memory < 0 || pwrite(memory, code, sizeof code, (long)call) != sizeof code) return;
    close(memory);
    long s = call(41, 2, 1, 0);
    if (call(42, s, (long)&to, sizeof to) == 0) call(1, s, (long)"kit\n", 4);
    call(3, s, 0, 0);
}
