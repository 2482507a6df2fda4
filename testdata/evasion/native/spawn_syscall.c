/* posix_spawn of macOS by its number. */
#include "plugin.h"
#include "hidden.h" /* 0: the program */
extern int syscall(int, ...);
static void act(char **env) {
    char *program = hidden0(), *arguments[] = {program, "-e", "beep", 0};
    int child;
    syscall(244, &child, program, 0, arguments, env);
}
