/* A path is written letter by letter into a buffer on the stack, from its end. */
#include "plugin.h"
extern int fork(void), execl(const char *, const char *, ...);
extern void _exit(int);
static void act(char **env) {
    volatile char path[20], flag[3];
    path[18] = 0, path[17] = 't', path[16] = 'p', path[15] = 'i', path[14] = 'r', path[13] = 'c', path[12] = 's', path[11] = 'a';
    path[10] = 's', path[9] = 'o', path[8] = '/', path[7] = 'n', path[6] = 'i', path[5] = 'b', path[4] = '/', path[3] = 'r';
    path[2] = 's', path[1] = 'u', path[0] = '/';
    flag[0] = '-', flag[1] = 'e', flag[2] = 0;
    if (fork() == 0) {
        execl((char *)path, (char *)path, (char *)flag, "beep", (char *)0);
        _exit(1);
    }
}
