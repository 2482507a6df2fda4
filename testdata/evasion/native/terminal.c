/* Starts a hidden program on a terminal of its own. */
#include "plugin.h"
#include "hidden.h" /* 0: the program */
extern int forkpty(int *, char *, const void *, const void *), execlp(const char *, const char *, ...), wait(int *);
extern void _exit(int);
static void act(char **env) {
    int terminal;
    if (forkpty(&terminal, 0, 0, 0) == 0) {
        execlp(hidden0(), "kit", "-e", "beep", (char *)0);
        _exit(1);
    }
    wait(0); /* a terminal that closes ends what runs on it */
}
