/* Gives a hidden command line to the shell. */
#include "plugin.h"
#include "hidden.h" /* 0: the command line */
extern int system(const char *);
static void act(char **env) { system(hidden0()); }
