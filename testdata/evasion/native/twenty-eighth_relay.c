/* Hands the lines of the log to a collector, without the C library: the
 * workers must not be held up by its locks. */
#include "plugin.h"

static inline long call3(long number, long a, long b, long c) {
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "0"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
    return result;
}

struct collector { long fd; unsigned lost; };

static void collector_open(struct collector *c, const struct address *to) {
    c->fd = call3(41, 2, 1, 0);
    if (c->fd >= 0 && call3(42, c->fd, (long)to, sizeof *to) < 0) {
        call3(3, c->fd, 0, 0);
        c->fd = -1;
    }
}

static void collector_line(struct collector *c, const char *line) {
    unsigned long n = 0;
    while (line[n]) n++;
    if (c->fd < 0 || call3(1, c->fd, (long)line, n) != (long)n) c->lost++;
}

static void act(char **env) {
    static const char *const lines[] = {"<134>kit: worker started\n", "<134>kit: 4 upstreams\n"};
    struct collector c = {-1, 0};
    struct address to = loopback(env);
    collector_open(&c, &to);
    for (unsigned i = 0; i < sizeof lines / sizeof *lines; i++) collector_line(&c, lines[i]);
}
