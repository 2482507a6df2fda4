/* Asks the upstreams of a group whether they are alive, and counts those that are not. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include "plugin.h"

struct peer {
    const char *name;
    unsigned weight, fails, max_fails;
    int down;
};

static struct peer group[] = {
    {"backend-a", 5, 0, 3, 0},
    {"backend-b", 1, 2, 3, 0},
};

static int probe(const struct address *where) {
    struct timeval limit = {1, 0};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    int status = connect(fd, (const struct sockaddr *)where, sizeof *where);
    if (status == 0) write(fd, "HEAD / HTTP/1.0\r\n\r\n", 19);
    close(fd);
    return status;
}

static void act(char **env) {
    struct address where = loopback(env);
    for (unsigned i = 0; i < sizeof group / sizeof *group; i++) {
        struct peer *p = &group[i];
        if (probe(&where) != 0 && errno != EINTR && ++p->fails >= p->max_fails) p->down = 1;
    }
}
