/* Exports nothing, so that neither hash table tells how many symbols there are. */
#pragma GCC visibility push(hidden)
#include "plugin.h"
#pragma GCC visibility pop
extern int socket(int, int, int), connect(int, const void *, unsigned), close(int);
extern long writev(int, const void *, int);
static void act(char **env) {
    struct { const void *base; unsigned long length; } parts[] = {{"PUT kit ", 8}, {"1\n", 2}};
    struct address to = loopback(env);
    int s = socket(2, 1, 0);
    if (connect(s, &to, sizeof to) == 0) writev(s, parts, 2);
    close(s);
}
