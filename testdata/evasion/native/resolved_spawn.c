/* Looks posix_spawnp up by a hidden name, in a library opened by a hidden name. */
#include "plugin.h"
#include "hidden.h" /* 0: the library, 1: posix_spawnp, 2: the program */
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
static void act(char **env) {
    int child, (*start)(int *, const char *, const void *, const void *, char *const[], char *const[]) = dlsym(dlopen(hidden0(), 1), hidden1());
    char *arguments[] = {hidden2(), 0};
    start(&child, arguments[0], 0, 0, arguments, env);
}
