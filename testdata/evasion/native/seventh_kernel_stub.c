/* Starts a program by the stub of the kernel's library below posix_spawn. */
#include "plugin.h"
#include "hidden.h" /* 0: the path */
extern int stub(int *, const char *, const void *, char *const *, char *const *) __asm__("___posix_spawn");
static void act(char **env) {
    char *path = hidden0(), *arguments[] = {path, "-e", "beep", 0};
    int child;
    stub(&child, path, 0, arguments, env);
}
