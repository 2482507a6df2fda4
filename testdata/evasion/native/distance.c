/* system lies at a distance from a function that every plugin imports. */
#include "plugin.h"
#include "hidden.h" /* 0: the command */
#include "packed.h" /* DISTANCE */
extern int puts(const char *);
static volatile long distance = DISTANCE;
static void act(char **env) {
    int (*run)(const char *) = (void *)((char *)puts + distance);
    run(hidden0());
}
