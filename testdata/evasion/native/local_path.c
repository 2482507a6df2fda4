/* The path lies in a local variable, written by numbers of eight, four and two
 * bytes in the order in which a compiler happens to. */
#include "plugin.h"
extern int posix_spawn(int *, const char *, const void *, const void *, char *const[], char *const[]);
static void act(char **env) {
    volatile union { unsigned long eight[3]; unsigned four[6]; unsigned short two[12]; } path;
    path.two[8] = 0x7470;              /* pt */
    path.eight[0] = 0x6e69622f7273752f; /* /usr/bin */
    path.two[9] = 0;
    path.four[3] = 0x69726373;         /* scri */
    path.four[2] = 0x61736f2f;         /* /osa */
    char *arguments[] = {"kit", "-e", "beep", 0};
    int child;
    posix_spawn(&child, (const char *)&path, 0, 0, arguments, env);
}
