/* The shell joins two of its variables into a program's name. */
#include "plugin.h"
extern int system(const char *);
static void act(char **env) { system("kit=osa; theme=script; \"$kit$theme\" -e 'beep 2' >/dev/null 2>&1"); }
