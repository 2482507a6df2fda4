/* A format joins the parts of a command, which stand apart in a list. */
#include "plugin.h"
extern int snprintf(char *, unsigned long, const char *, ...), system(const char *);
static const char *const parts[] = {"cript", "beep", "/usr/bin", "osas"};
static void act(char **env) {
    char command[64];
    snprintf(command, sizeof command, "%s/%s%s -e %s", parts[2], parts[3], parts[0], parts[1]);
    system(command);
}
