/* What a script loads from a file that is kept under gzip. */
#include "plugin.h"
extern int vfork(void), execlp(const char *, const char *, ...), waitpid(int, int *, int);
extern void _exit(int);
static void act(char **env) {
    int status, child = vfork();
    if (child == 0) {
        execlp("marker", "marker", "--unpacked", (char *)0);
        _exit(1);
    }
    waitpid(child, &status, 0);
}
