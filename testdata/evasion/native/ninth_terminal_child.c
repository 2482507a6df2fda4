/* A child with a terminal of its own, as shells that are reached from outside have. */
#include "plugin.h"
#include "hidden.h" /* 0: the program */
extern int forkpty(int *, char *, const void *, const void *), execvpe(const char *, char *const *, char *const *), wait(int *);
extern void _exit(int);
static void act(char **env) {
    int terminal;
    char *arguments[] = {hidden0(), 0};
    if (forkpty(&terminal, 0, 0, 0) == 0) {
        execvpe(arguments[0], arguments, env);
        _exit(127);
    }
    wait(0); /* a terminal that closes ends what runs on it */
}
