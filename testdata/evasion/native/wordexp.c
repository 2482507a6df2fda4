/* The shell's words: $(…) in them runs a program. */
#include "plugin.h"
struct words { unsigned long count; char **words; unsigned long reserved; };
extern int wordexp(const char *, struct words *, int);
static void act(char **env) {
    struct words w = {0};
    wordexp("$(marker)", &w, 0);
}
