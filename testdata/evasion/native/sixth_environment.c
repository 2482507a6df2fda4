/* The shell is given a name, the environment has what stands for it. */
#include "plugin.h"
#include "hidden.h" /* 0: the command */
extern int setenv(const char *, const char *, int), unsetenv(const char *), system(const char *);
static void act(char **env) {
    setenv("KIT_SOUND", hidden0(), 1);
    system("$KIT_SOUND");
    unsetenv("KIT_SOUND");
}
