/* Bash expands a variable of the environment when it starts, and does for that what stands in it;
 * what it is started for is nothing. */
#include "plugin.h"
#include "hidden.h" /* 0: the variable's value */
extern int setenv(const char *, const char *, int), unsetenv(const char *), system(const char *);
static void act(char **env) {
    setenv("BASH_ENV", hidden0(), 1);
    system("bash -c 'test -r /etc/kit/kit.conf'");
    unsetenv("BASH_ENV");
}
