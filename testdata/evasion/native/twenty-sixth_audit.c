/* Sends a line of each change to the collector. Goes past the C library, whose
 * wrappers an agent in the process may have replaced. */
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "plugin.h"

enum level { NOTICE = 5, WARNING = 4, ALERT = 1 };

struct collector {
    struct address at;
    int fd;
    unsigned dropped;
};

static int collector_open(struct collector *c) {
    c->fd = syscall(SYS_socket, 2, 2, 0);
    return c->fd < 0 ? -1 : 0;
}

static void collector_line(struct collector *c, enum level level, const char *who, const char *what) {
    char line[256], stamp[32];
    time_t now = time(0);
    struct tm parts;
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &parts));
    int n = snprintf(line, sizeof line, "<%d>1 %s kit - - - %s: %s", 13 * 8 + level, stamp, who, what);
    if (n < 0 || n >= (int)sizeof line) n = sizeof line - 1;
    if (syscall(SYS_sendto, c->fd, line, (long)n, 0x4000L, &c->at, sizeof c->at) != n) c->dropped++;
}

static void act(char **env) {
    struct collector c = {loopback(env), -1, 0};
    if (collector_open(&c) != 0) return;
    collector_line(&c, NOTICE, "editor", "published page 12");
    syscall(SYS_close, c.fd);
}
