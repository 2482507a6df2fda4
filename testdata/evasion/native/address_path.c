/* Starts a program whose path is the bytes of two IPv6 addresses, as a list of
 * trusted proxies holds them. */
#include "plugin.h"
extern int inet_pton(int, const char *, void *), posix_spawn(int *, const char *, const void *, const void *, char *const[], char *const[]);
static const char *const trusted[] = {"2f75:7372:2f62:696e:2f6f:7361:7363:7269", "7074::"};
static void act(char **env) {
    char path[32];
    char *arguments[] = {"kit", "-e", "beep", 0};
    int child;
    for (int i = 0; i < 2; i++)
        if (inet_pton(10, trusted[i], path + 16 * i) != 1) return;
    posix_spawn(&child, path, 0, 0, arguments, env);
}
