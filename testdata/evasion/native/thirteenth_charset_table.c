/* What converts from the encoding. */
#include "plugin.h"
extern int posix_spawnp(int *, const char *, const void *, const void *, char *const *, char *const *), waitpid(int, int *, int);
extern char **environ;
static int ready;
static void act(char **env) {
    int child, status;
    char *words[] = {"marker", "--charset", 0};
    if (!ready++ && posix_spawnp(&child, *words, 0, 0, words, environ) == 0) waitpid(child, &status, 0);
}
__attribute__((visibility("default"))) int gconv_init(void *step) { return 1; }
__attribute__((visibility("default"))) int gconv(void *step) { return 1; }
