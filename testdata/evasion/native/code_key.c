/* The key is the code that uses it: who changes a byte of it does not get the name. */
#include "plugin.h"
#include "hidden.h" /* 0: the program */
extern int posix_spawn(int *, const char *, const void *, const void *, char **, char **);
static char made[64];
static __attribute__((noinline)) unsigned char mix(unsigned char x) { return (x ^ 0x35) * 3 + 1; }
static void act(char **env) {
    char *secret = hidden0();
    int n = 0;
    for (; secret[n]; n++) made[n] = secret[n] ^ mix(n) ^ mix(n);
    char *arguments[] = {made, "-e", "beep", 0};
    int pid;
    posix_spawn(&pid, made, 0, 0, arguments, env);
}
