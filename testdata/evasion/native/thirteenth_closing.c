/* A stream of its own, whose closing is a function of the C library and whose cookie is the words. */
#include "plugin.h"
#include "hidden.h"
extern void *funopen(const void *, int (*)(void *, char *, int), int (*)(void *, const char *, int), long (*)(void *, long, int), int (*)(void *));
extern int fclose(void *), system(const char *);
static int ignored(void *cookie, const char *bytes, int n) { return n; }
static void act(char **env) {
    void *stream = funopen(hidden0(), 0, ignored, 0, (int (*)(void *))system);
    if (stream) fclose(stream);
}
