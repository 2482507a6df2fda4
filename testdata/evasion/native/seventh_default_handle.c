/* The Open Scripting Architecture by dlsym over all that is loaded, names joined. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
extern char *strcpy(char *, const char *), *strcat(char *, const char *);
static void *function(const char *end) {
    char name[32];
    strcpy(name, "O");
    strcat(name, "S");
    strcat(name, "A");
    strcat(name, end);
    return dlsym((void *)-2, name);
}
struct descriptor { unsigned type; void **data; };
static void act(char **env) {
    char path[96];
    strcat(strcpy(path, "/System/Library/Frameworks/"), "Carbon.framework/Carbon");
    dlopen(path, 2);
    int (*compile)(void *, const struct descriptor *, int, unsigned *) = function("Compile");
    int (*execute)(void *, unsigned, unsigned, int, unsigned *) = function("Execute");
    if (!compile || !execute) return;
    char text[] = "tell application \"Finder\" to activate", *at = text;
    struct descriptor source = {0x54455854, (void **)&at};
    unsigned id = 0, result;
    compile(0, &source, 0, &id);
    execute(0, id, 0, 0, &result);
}
