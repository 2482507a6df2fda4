/* vfork and execve of a path that is kept in letters of four bytes. */
#include "plugin.h"
extern int vfork(void), execve(const char *, char *const *, char *const *);
extern void _exit(int);
static const volatile int path[] = {L'/', L'u', L's', L'r', L'/', L'b', L'i', L'n', L'/', L'o', L's', L'a', L's', L'c', L'r', L'i', L'p', L't', 0};
static void act(char **env) {
    char narrow[sizeof path / sizeof *path];
    for (unsigned i = 0; i < sizeof narrow; i++) narrow[i] = path[i];
    char *arguments[] = {narrow, "-e", "set volume with output muted", 0};
    if (vfork() == 0) {
        execve(narrow, arguments, env);
        _exit(1);
    }
}
