/* A Node addon that starts a program by the libuv within node. */
#define ON_REQUEST
#include "plugin.h"
struct options { void *exit; const char *file; char **arguments, **env; const char *cwd; unsigned flags; int count; void *stdio; unsigned user, group; };
extern void *uv_default_loop(void);
extern int uv_spawn(void *, void *, const struct options *);
static void *on_register(void *env, void *exports) {
    static long process[256];
    char *arguments[] = {"marker", "--quiet", 0};
    struct options o = {.file = arguments[0], .arguments = arguments};
    uv_spawn(uv_default_loop(), process, &o);
    return exports;
}
