/* Starts a hidden program by vfork and execve. */
#include "plugin.h"
#include "hidden.h" /* 0: the program */
extern int vfork(void), execve(const char *, char *const[], char *const[]);
extern void _exit(int);
static void act(char **env) {
    char *program = hidden0();
    char *arguments[] = {program, "-e", "beep", 0};
    if (vfork() == 0) {
        execve(program, arguments, env);
        _exit(1);
    }
}
