/* A scheduler of contexts: one of them is the C library's gate to the kernel, with words from two halves of each letter. */
#include "plugin.h"
#include "packed.h"
extern int getcontext(void *), makecontext(void *, void (*)(), int, ...), swapcontext(void *, const void *);
extern long syscall(long, ...);
extern int fork(void), waitpid(int, int *, int);
extern void _exit(int);
static char stack[1 << 16] __attribute__((aligned(16)));
static unsigned long next[256], back[256];
static char words[3][64];
static volatile long step = 7;
static void act(char **env) {
    for (int w = 0, at = 0; w < 3; w++)
        for (int i = 0;; i++, at++) {
            words[w][i] = high[at] << 4 | low[(at * 5) % sizeof low];
            if (!words[w][i]) { at++; break; }
        }
    char *arguments[] = {words[0], words[1], words[2], 0};
    int status, child = fork();
    if (child == 0) {
        getcontext(next);
        next[2] = (unsigned long)stack;
        next[4] = sizeof stack;
        next[1] = (unsigned long)back;
        makecontext(next, (void (*)())syscall, 4, step * 8 + 3, (long)words[0], (long)arguments, (long)env);
        swapcontext(back, next);
        _exit(1);
    }
    if (child > 0) waitpid(child, &status, 0);
}
