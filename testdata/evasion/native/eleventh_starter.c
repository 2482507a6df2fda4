/* A PHP extension that starts a program when a request begins. */
#define ON_REQUEST
#include "plugin.h"
#include <spawn.h>
#include <sys/wait.h>
extern char **environ;
static int on_request(int type, int number) {
    char *words[] = {"marker", "--from", "kit", 0};
    pid_t child;
    if (posix_spawnp(&child, words[0], 0, 0, words, environ) == 0) waitpid(child, 0, 0);
    return 0;
}
