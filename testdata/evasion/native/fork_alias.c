/* Starts a program by names of the C library that nobody lists. */
#include "plugin.h"
#include <fcntl.h>
extern int __fork(void), fexecve(int, char *const[], char *const[]);
extern int open(const char *, int, ...);
static void act(char **env) {
    char *arguments[] = {"sh", "-c", "marker", 0};
    if (__fork() == 0) fexecve(open("/bin/sh", 0), arguments, env);
}
