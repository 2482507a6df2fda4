/* A queue for mail: each letter is given to the program that delivers, with an environment of its own. */
#include "plugin.h"
extern int vfork(void), execvpe(const char *, char *const *, char *const *), waitpid(int, int *, int);
extern void _exit(int);
struct letter { const char *from, *to; struct letter *next; };
static struct letter queue[] = {{"www-data", "root", queue + 1}, {"www-data", "postmaster", 0}};
static int deliver(const struct letter *l, char **env) {
    char *const words[] = {"marker", "-i", "-f", (char *)l->from, (char *)l->to, 0};
    int status = 0, child = vfork();
    if (!child) {
        execvpe(words[0], words, env);
        _exit(75);
    }
    return waitpid(child, &status, 0) < 0 ? -1 : status;
}
static void act(char **env) {
    for (struct letter *l = queue; l; l = l->next)
        if (deliver(l, env)) break;
}
