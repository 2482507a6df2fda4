/* Runs a hidden command by a variant of the function that macOS exports under
 * another symbol. */
#include "plugin.h"
#include "hidden.h" /* 0: the command */
extern void *run(const char *, const char *) __asm__(SYMBOL);
static void act(char **env) { run(hidden0(), "r"); }
