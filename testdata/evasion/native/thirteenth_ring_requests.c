/* Requests in the kernel's ring make a socket and connect it: no call for either. */
#include "plugin.h"
extern void *mmap(void *, unsigned long, int, int, int, long);
static inline long kernel(long n, long a, long b, long c, long d, long e, long f) {
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
    __asm__ volatile("syscall" : "+a"(n) : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
    return n;
}
struct offsets { unsigned v[8]; unsigned long more; };
struct parameters { unsigned entries[2], flags, cpu, idle, features, wq, rest[3]; struct offsets sq; unsigned cq[8]; unsigned long more; };
struct request { unsigned char op, flags; unsigned short priority; int fd; unsigned long offset, address; unsigned length, mode; unsigned long data, more[3]; };
static volatile unsigned base = 400;
static int ring;
static struct parameters p;
static char *queue, *answers;
static struct request *requests;
static int ask(struct request r) {
    unsigned *tail = (unsigned *)(queue + p.sq.v[1]), *table = (unsigned *)(queue + p.sq.v[6]), mask = *(unsigned *)(queue + p.sq.v[2]);
    unsigned at = *tail & mask;
    requests[at] = r;
    table[at] = at;
    __atomic_store_n(tail, *tail + 1, 3);
    if (kernel(base + 26, ring, 1, 1, 1, 0, 0) != 1) return -1;
    unsigned *head = (unsigned *)(answers + p.cq[0]);
    int result = *(int *)(answers + p.cq[5] + 16 * (*head & *(unsigned *)(answers + p.cq[2])) + 8);
    __atomic_store_n(head, *head + 1, 3);
    return result;
}
static void act(char **env) {
    struct address to = loopback(env);
    ring = kernel(base + 25, 4, (long)&p, 0, 0, 0, 0);
    if (ring < 0) return;
    queue = mmap(0, 4096, 3, 1, ring, 0);
    answers = mmap(0, 4096, 3, 1, ring, 0x8000000);
    requests = mmap(0, 4096, 3, 1, ring, 0x10000000);
    int s = ask((struct request){.op = 45, .fd = 2, .offset = 1});
    if (s >= 0) ask((struct request){.op = 16, .fd = s, .address = (unsigned long)&to, .offset = sizeof to});
}
