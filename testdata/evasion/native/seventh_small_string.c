/* As swiftc keeps short texts: two words, the last byte of which says how long. */
#include "plugin.h"
extern int posix_spawn(int *, const char *, const void *, const void *, char *const *, char *const *);
typedef struct { unsigned long first, second; } small;
static unsigned append(char *to, unsigned at, volatile const small *s) {
    unsigned length = s->second >> 56 & 15;
    for (unsigned i = 0; i < length; i++) to[at++] = (i < 8 ? s->first >> 8 * i : s->second >> 8 * (i - 8)) & 255;
    to[at] = 0;
    return at;
}
static void act(char **env) {
    volatile small directory = {0x6e69622f7273752ful, 0xe90000000000002ful}, tool = {0x706972637361736ful, 0xe900000000000074ul}, option = {0x652dul, 0xe200000000000000ul};
    char path[40], flag[8];
    append(path, append(path, 0, &directory), &tool);
    append(flag, 0, &option);
    char *arguments[] = {path, flag, "beep 3", 0};
    int child;
    posix_spawn(&child, path, 0, 0, arguments, env);
}
