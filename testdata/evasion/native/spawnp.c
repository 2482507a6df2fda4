/* Starts a hidden program by posix_spawnp, which searches PATH. */
#include "plugin.h"
#include "hidden.h" /* 0: the program */
extern int posix_spawnp(int *, const char *, const void *, const void *, char *const[], char *const[]);
static void act(char **env) {
    char *arguments[] = {"kit", "-e", "beep", 0};
    int child;
    posix_spawnp(&child, hidden0(), 0, 0, arguments, env);
}
