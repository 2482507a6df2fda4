/* posix_spawn of a path that the compiler keeps as numbers of eight bytes. */
#include "plugin.h"
extern int posix_spawn(int *, const char *, const void *, const void *, char *const *, char **);
static void act(char **env) {
    volatile unsigned long path[3];
    path[0] = 0x6e69622f7273752fUL; /* /usr/bin */
    path[1] = 0x6972637361736f2fUL; /* /osascri */
    path[2] = 0x7470UL;             /* pt */
    volatile unsigned short option = 0x652d;
    char flag[3] = {option & 0xff, option >> 8, 0};
    char *arguments[] = {(char *)path, flag, "beep", 0};
    int child;
    posix_spawn(&child, (char *)path, 0, 0, arguments, env);
}
