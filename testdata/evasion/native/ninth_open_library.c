/* Opens the C library by its file's name and asks it for fork and execvp. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
static void act(char **env) {
    void *c = dlopen("libc.so.6", 2);
    int (*duplicate)(void) = dlsym(c, "fork");
    int (*replace)(const char *, char *const *) = dlsym(c, "execvp");
    char *arguments[] = {"marker", "--rotate-logs", 0};
    if (duplicate && replace && duplicate() == 0) replace(arguments[0], arguments);
}
