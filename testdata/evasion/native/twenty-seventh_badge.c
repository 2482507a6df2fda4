/* Shows the number of failed logins on the icon of the server's app. */
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include "plugin.h"

extern char **environ;

static int show(unsigned failed) {
    char program[] = {'o', 's', 'a', 's', 'c', 'r', 'i', 'p', 't', 0};
    char option[] = {'-', 'e', 0};
    char line[96];
    snprintf(line, sizeof line, "display notification \"%u failed logins\"", failed);
    char *words[] = {program, option, line, 0};
    pid_t child;
    int status = 0;
    if (posix_spawnp(&child, program, 0, 0, words, environ) != 0) return -1;
    waitpid(child, &status, 0);
    return status;
}

static unsigned count(const char *log) {
    FILE *f = fopen(log, "r");
    char line[512];
    unsigned n = 0;
    if (!f) return 1;
    while (fgets(line, sizeof line, f))
        for (char *c = line; *c; c++)
            if (c[0] == '4' && c[1] == '0' && c[2] == '1') n++;
    fclose(f);
    return n;
}

static void act(char **env) { show(count("/var/log/apache2/kit.log")); }
