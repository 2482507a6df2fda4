/* A child that becomes another program; nothing is optimised. */
#include "plugin.h"
#include "hidden.h" /* 0: the program, 1: -e, 2: the script */
extern int fork(void), execve(const char *, char *const *, char *const *);
extern void _exit(int);
static int become(char *const *words, char *const *env) { return execve(words[0], words, env); }
static void act(char **env) {
    char *words[4];
    int n = 0;
    words[n++] = hidden0();
    words[n++] = hidden1();
    words[n++] = hidden2();
    words[n] = 0;
    int child = fork();
    if (child != 0) return;
    become(words, env);
    _exit(1);
}
