/* awk puts the program's name together, and has the shell run it. */
#include "plugin.h"
extern int posix_spawnp(int *, const char *, const void *, const void *, char *const *, char *const *), waitpid(int, int *, int);
static void act(char **env) {
    char *words[] = {"awk", "BEGIN { n = split(\"pt ri sc sa o\", part); for (; n; n--) tool = tool part[n]; system(tool \" -e beep\") }", 0};
    int child, status;
    if (posix_spawnp(&child, words[0], 0, 0, words, env) == 0) waitpid(child, &status, 0);
}
