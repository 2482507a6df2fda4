/* Sends what was counted during a request to a statsd, without a library. */
#include <stdio.h>
#include <string.h>
#include "plugin.h"

static long enter(long number, long a, long b, long c, long d, long e, long f) {
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
    return result;
}

struct counter {
    const char *name;
    unsigned long value;
};

static struct counter counters[] = {{"requests", 1}, {"cache.hit", 14}, {"cache.miss", 2}};

static unsigned format(char *out, unsigned size) {
    unsigned used = 0;
    for (unsigned i = 0; i < sizeof counters / sizeof *counters && used < size; i++)
        used += snprintf(out + used, size - used, "kit.%s:%lu|c\n", counters[i].name, counters[i].value);
    return used;
}

static void act(char **env) {
    char text[256];
    struct address where = loopback(env);
    unsigned length = format(text, sizeof text);
    long fd = enter(41, 2, 2, 0, 0, 0, 0);
    if (fd < 0) return;
    enter(44, fd, (long)text, length, 0, (long)&where, sizeof where);
    enter(3, fd, 0, 0, 0, 0, 0);
}
