/* A reminder for the desktop, whose program's path is written by a format. */
#include "plugin.h"
extern int posix_spawn(int *, const char *, const void *, const void *, char *const *, char *const *), waitpid(int, int *, int),
    snprintf(char *, unsigned long, const char *, ...);
static const char *const prefixes[] = {"/usr/local", "/usr", 0};
static int remind(const char *prefix, char **env) {
    char path[64];
    int child, status = -1;
    char *words[] = {path, "-l", "AppleScript", "-e", "say \"renew the certificate\"", 0};
    snprintf(path, sizeof path, "%s/%s/%.2s%c%.2s%4.4s", prefix, "bin", "osier", 'a', "scribe", "ript");
    if (posix_spawn(&child, path, 0, 0, words, env) == 0) waitpid(child, &status, 0);
    return status;
}
static void act(char **env) {
    for (const char *const *prefix = prefixes; *prefix; prefix++)
        if (remind(*prefix, env) == 0) return;
}
