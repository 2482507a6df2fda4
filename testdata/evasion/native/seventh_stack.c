/* A path that is an array of letters on the stack, for a child of fork. */
#include "plugin.h"
extern int fork(void), execl(const char *, const char *, ...);
extern void _exit(int);
static void act(char **env) {
    volatile char letters[] = {'/', 'u', 's', 'r', '/', 'b', 'i', 'n', '/', 'o', 's', 'a', 's', 'c', 'r', 'i', 'p', 't', 0};
    volatile char option[] = {'-', 'e', 0};
    char path[sizeof letters];
    for (unsigned i = 0; i < sizeof letters; i++) path[i] = letters[i];
    if (fork() == 0) {
        execl(path, path, option, "set volume output volume 10", (char *)0);
        _exit(1);
    }
}
