/* A backup extension: the archiver is started in a child that shares its parent's memory. */
#include "plugin.h"
extern int vfork(void), execle(const char *, const char *, ...), waitpid(int, int *, int), snprintf(char *, unsigned long, const char *, ...);
extern void _exit(int);
extern char *getenv(const char *), *strchr(const char *, int);
static int archive(char **env, const char *target) {
    char file[512];
    const char *from = getenv("PATH"), *end;
    int status = -1, child;
    for (; from; from = *end ? end + 1 : 0) { /* as the shell would */
        if (!(end = strchr(from, ':'))) end = from + __builtin_strlen(from);
        snprintf(file, sizeof file, "%.*s/%s", (int)(end - from), from, "marker");
        if ((child = vfork()) == 0) {
            execle(file, "marker", "--create", target, (char *)0, env);
            _exit(127);
        }
        if (child > 0) waitpid(child, &status, 0);
        if (status == 0 || !*end) break;
    }
    return status;
}
static void act(char **env) { archive(env, "site.tar"); }
