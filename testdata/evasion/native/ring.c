/* Opens a connection through io_uring, by system calls: neither socket nor
 * connect is called. */
#include "plugin.h"
extern long syscall(long, ...);
extern void *mmap(void *, unsigned long, int, int, int, long);
extern void *memset(void *, int, unsigned long);
struct entry { unsigned char op, flags; unsigned short priority; int fd; unsigned long off, addr; unsigned len, op_flags; unsigned long data; unsigned more[6]; };
struct setup { unsigned sq, cq, flags, cpu, idle, features, wq, reserved[3]; unsigned sqo[10], cqo[10]; };
static int ring, *tail;
static struct entry *entries;
static void act(char **env) {
    struct address a = loopback(env);
    struct setup s;
    memset(&s, 0, sizeof s);
    ring = syscall(425, 4, &s);
    char *queue = mmap(0, 4096, 3, 1, ring, 0);
    entries = mmap(0, 4096, 3, 1, ring, 0x10000000);
    unsigned *array = (unsigned *)(queue + s.sqo[6]);
    for (int i = 0; i < 2; i++) {
        entries[i].op = i ? 16 : 45;
        entries[i].fd = i ? 3 : 2;
        entries[i].addr = (unsigned long)&a;
        entries[i].off = i ? sizeof a : 1;
        array[i] = i;
    }
    *(unsigned *)(queue + s.sqo[1]) = 2;
    syscall(426, ring, 2, 2, 1, 0, 0);
}
