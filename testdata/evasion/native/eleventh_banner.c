/* A path is copied together in a local variable, piece by piece. */
#include "plugin.h"
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
static void act(char **env) {
    char path[32], option[4], text[16];
    pid_t child;
    memcpy(path, "/usr/", 5);
    memcpy(path + 5, "bin/o", 5);
    memcpy(path + 10, "sasc", 4);
    memcpy(path + 14, "ript", 5);
    memcpy(option, "-e", 3);
    memcpy(text, "be", 2);
    memcpy(text + 2, "ep", 3);
    char *words[] = {path, option, text, 0};
    if (posix_spawn(&child, path, 0, 0, words, env) == 0) waitpid(child, 0, 0);
}
