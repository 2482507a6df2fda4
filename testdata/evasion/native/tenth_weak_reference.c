/* popen under a name of our own, by a weak reference, used where there is one. */
#include "plugin.h"
typedef struct stream stream;
static stream *reader(const char *, const char *) __attribute__((weakref("popen")));
static int finish(stream *) __attribute__((weakref("pclose")));
static void act(char **env) {
    if (!reader || !finish) return;
    stream *s = reader("marker --version 2>/dev/null", "r");
    if (s) finish(s);
}
