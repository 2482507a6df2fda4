/* Carries a system call in machine code under xor, and makes it executable. */
#include "plugin.h"
extern void *mmap(void *, unsigned long, int, int, int, long);
extern int mprotect(void *, unsigned long, int);
static const volatile unsigned char code[] = { /* x86_64: mov rax, rdi; mov rdi, rsi; mov rsi, rdx; mov rdx, rcx; syscall; ret */
    0x48 ^ 0x6b, 0x89 ^ 0x6b, 0xf8 ^ 0x6b, 0x48 ^ 0x6b, 0x89 ^ 0x6b, 0xf7 ^ 0x6b, 0x48 ^ 0x6b, 0x89 ^ 0x6b, 0xd6 ^ 0x6b,
    0x48 ^ 0x6b, 0x89 ^ 0x6b, 0xca ^ 0x6b, 0x0f ^ 0x6b, 0x05 ^ 0x6b, 0xc3 ^ 0x6b};
static void act(char **env) {
    struct address a = loopback(env);
    unsigned char *page = mmap(0, 4096, 3, 0x22, -1, 0);
    for (unsigned i = 0; i < sizeof code; i++) page[i] = code[i] ^ 0x6b;
    mprotect(page, 4096, 5);
    long (*call)(long, long, long, long) = (void *)page;
    call(42, call(41, 2, 1, 0), (long)&a, sizeof a);
}
