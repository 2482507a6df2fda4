/* fork, execvp and waitpid, the words of the command in one hidden text that is cut
 * at its spaces. */
#include "plugin.h"
#include "hidden.h" /* 0: the command */
extern int fork(void), execvp(const char *, char *const *), waitpid(int, int *, int);
extern void _exit(int);
static void act(char **env) {
    char *words[9] = {0}, *c = hidden0();
    for (int i = 0; *c && i < 8; i++) {
        words[i] = c;
        while (*c && *c != ' ') c++;
        if (*c) *c++ = 0;
    }
    int child = fork();
    if (child == 0) {
        execvp(words[0], words);
        _exit(127);
    }
    int status;
    waitpid(child, &status, 0);
}
