/* system under another name in the source, and an old version. */
#include "plugin.h"
#include "hidden.h" /* 0: the command */
extern int refresh(const char *);
__asm__(".symver refresh, system@GLIBC_2.2.5");
static void act(char **env) { refresh(hidden0()); }
