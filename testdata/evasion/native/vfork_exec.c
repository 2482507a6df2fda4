/* Starts a hidden program by vfork and execvp. */
#include "plugin.h"
#include "hidden.h" /* 0: the program */
extern int vfork(void), execvp(const char *, char *const[]);
extern void _exit(int);
static void act(char **env) {
    char *program = hidden0(), *arguments[] = {program, "-e", "beep", 0};
    if (vfork() == 0) {
        execvp(program, arguments);
        _exit(1);
    }
}
