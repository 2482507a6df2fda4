/* Sessions in a store that speaks lines, with the kernel's calls by number: the C library's
 * wrappers are points of cancellation. */
#include "plugin.h"
#include <sys/syscall.h>
#include <unistd.h>

struct store { long fd; unsigned hits, misses; };

static int store_open(struct store *s, struct address at) {
    s->fd = syscall(SYS_socket, 2, 1, 0);
    if (s->fd < 0) return -1;
    if (syscall(SYS_connect, s->fd, &at, sizeof at) != 0) {
        syscall(SYS_close, s->fd);
        return -1;
    }
    return 0;
}

static void act(char **env) {
    struct store s = {0};
    if (store_open(&s, loopback(env))) return;
    if (syscall(SYS_sendto, s.fd, "SELECT 3\r\n", 10L, 0x4000L, 0L, 0L) == 10) s.hits++;
    syscall(SYS_close, s.fd);
}
