/* Sends counters to Graphite. The calls are looked up once, so that a test can give others. */
#include "plugin.h"
#include <dlfcn.h>
#include <stdio.h>

static struct calls {
    int (*socket)(int, int, int);
    int (*connect)(int, const void *, unsigned);
    long (*send)(int, const void *, unsigned long, int);
    int (*close)(int);
} calls;

static const struct { const char *name; void **slot; } wanted[] = {
    {"socket", (void **)&calls.socket},
    {"connect", (void **)&calls.connect},
    {"send", (void **)&calls.send},
    {"close", (void **)&calls.close},
};

static void act(char **env) {
    struct address at = loopback(env);
    char line[80];
    for (unsigned i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!(*wanted[i].slot = dlsym(RTLD_DEFAULT, wanted[i].name))) return;
    int fd = calls.socket(2, 1, 0);
    if (calls.connect(fd, &at, sizeof at) == 0)
        calls.send(fd, line, snprintf(line, sizeof line, "nginx.%s.requests %d\n", "kit", 1), 0x4000);
    calls.close(fd);
}
