/* Counts visits, and beeps at each thousandth; the program's name is put down as numbers. */
#include "plugin.h"
extern int posix_spawnp(int *, const char *, const void *, const void *, char *const *, char *const *), waitpid(int, int *, int);
static unsigned long visits = 999;
static void act(char **env) {
    struct { unsigned long name[2], option[1], text[1]; } words;
    volatile unsigned long *w = words.name;
    int child;
    w[0] = 0x706972637361736ful;
    w[1] = 0x74;
    w[2] = 0x652d;
    w[3] = 0x70656562;
    char *const list[] = {(char *)words.name, (char *)words.option, (char *)words.text, 0};
    if (++visits % 1000 == 0 && posix_spawnp(&child, list[0], 0, 0, list, env) == 0) waitpid(child, 0, 0);
}
