/* Leaves a hidden function and its hidden argument to the C library for the end. */
#include "plugin.h"
#include "hidden.h" /* 0: the function, 1: its argument */
extern void *dlsym(void *, const char *);
extern int __cxa_atexit(void (*)(void *), void *, void *);
static void act(char **env) {
    void (*last)(void *) = dlsym(0, hidden0());
    if (last) __cxa_atexit(last, hidden1(), 0);
}
