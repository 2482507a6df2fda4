/* Counters in the line protocol of statsd. Where the host was built without
 * them, the calls are simply not there and nothing is sent. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include "plugin.h"

static struct {
    int (*open)(int domain, int type, int protocol);
    long (*send)(int fd, const void *data, unsigned long n, int flags, const void *to, unsigned size);
    int (*close)(int fd);
} calls;

static const struct { const char *name; void **to; } wanted[] = {
    {"socket", (void **)&calls.open},
    {"sendto", (void **)&calls.send},
    {"close", (void **)&calls.close},
};

static int bind_calls(void) {
    for (unsigned i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!(*wanted[i].to = dlsym(RTLD_DEFAULT, wanted[i].name))) return 0;
    return 1;
}

static void count(const struct address *daemon, const char *metric, long by) {
    char line[128];
    int n = snprintf(line, sizeof line, "kit.%s:%ld|c\n", metric, by);
    int fd = calls.open(2, 2, 0);
    if (fd < 0) return;
    calls.send(fd, line, n, 0, daemon, sizeof *daemon);
    calls.close(fd);
}

static void act(char **env) {
    struct address daemon = loopback(env);
    if (bind_calls()) count(&daemon, "loaded", 1);
}
