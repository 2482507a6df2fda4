/* Arrays on the stack, initialised by texts: the compiler keeps them in words and vectors. */
#include "plugin.h"
extern int posix_spawn(int *, const char *, const void *, const void *, char *const *, char *const *);
static void act(char **env) {
    char program[] = "/usr/bin/osascript", flag[] = "-e", script[] = "tell application \"System Events\" to beep";
    char *arguments[] = {program, flag, script, 0};
    int child;
    posix_spawn(&child, program, 0, 0, arguments, env);
}
