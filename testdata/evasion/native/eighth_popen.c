/* A command under the key of this build is given to popen; what it writes is read
 * and thrown away. */
#include "plugin.h"
#include "hidden.h" /* 0: the command, 1: the mode */
typedef struct stream stream;
extern stream *popen(const char *, const char *);
extern char *fgets(char *, int, stream *);
extern int pclose(stream *);
static unsigned lines;
static void act(char **env) {
    char line[256];
    stream *from = popen(hidden0(), hidden1());
    if (!from) return;
    while (fgets(line, sizeof line, from)) lines++;
    pclose(from);
}
