/* A session handler that keeps its sessions in a daemon next door. */
#include "plugin.h"
extern int socket(int, int, int), connect(int, const void *, unsigned), close(int);
extern long write(int, const void *, unsigned long);
struct pool { int handles[4]; unsigned count; };
static struct pool pool;
static int borrow(struct pool *p, const struct address *to) {
    if (p->count) return p->handles[--p->count];
    int s = socket(2, 1 | 02000000, 0);
    if (connect(s, to, sizeof *to)) { close(s); return -1; }
    return s;
}
static void act(char **env) {
    struct address server = loopback(env);
    int s = borrow(&pool, &server);
    if (s < 0) return;
    write(s, "touch sess_boot 60\r\n", 20);
    pool.handles[pool.count++] = s;
}
