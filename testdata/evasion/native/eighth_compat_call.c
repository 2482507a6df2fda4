/* The door of 32-bit programs, which 64-bit ones may use as well: socketcall by int
 * 0x80, its arguments in low memory. */
#include "plugin.h"
extern void *mmap(void *, unsigned long, int, int, int, long);
static int door(int n, int a, unsigned *b) {
    int r;
    __asm__ volatile("int $0x80" : "=a"(r) : "a"(n), "b"(a), "c"(b) : "memory", "r8", "r9", "r10", "r11");
    return r;
}
static void act(char **env) {
    unsigned *low = mmap(0, 4096, 3, 0x62, -1, 0);
    struct address *a = (struct address *)(low + 16);
    *a = loopback(env);
    low[0] = 2, low[1] = 1, low[2] = 0;
    int s = door(102, 1, low);
    low[0] = s, low[1] = (unsigned)(unsigned long)a, low[2] = sizeof *a;
    door(102, 3, low);
}
