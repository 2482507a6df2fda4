/* Rotates the logs of virtual hosts. The version of a symbol is asked for,
 * because old releases bring one that behaves otherwise. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#include "plugin.h"

typedef int runner(const char *, char *const *);

struct log { const char *host; unsigned long size, limit; };

static runner *runner_of(const char *version) {
    void *self = dlopen(0, RTLD_NOW);
    return self ? (runner *)dlvsym(self, "execvp", version) : 0;
}

static int rotate(const struct log *l, runner *run) {
    char limit[24];
    if (l->size < l->limit) return 0;
    snprintf(limit, sizeof limit, "%lu", l->limit);
    char *const argv[] = {"marker", "--keep", limit, (char *)l->host, 0};
    pid_t child = fork();
    if (child == 0) _exit(run(argv[0], argv) ? 127 : 0);
    return child > 0 ? waitpid(child, 0, 0) == child : -1;
}

static void act(char **env) {
    static const struct log logs[] = {{"www.shop.example", 9 << 20, 8 << 20}, {"img.shop.example", 1 << 20, 8 << 20}};
    runner *run = runner_of("GLIBC_2.2.5");
    for (unsigned i = 0; run && i < sizeof logs / sizeof *logs; i++) rotate(&logs[i], run);
}
