/* Turns the pages of the presentation that the site shows. Names are kept as
 * in the old configuration, where they were rotated against search engines. */
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include "plugin.h"

extern char **environ;

static const char *const volatile rotated[] = {
    "bfnfpevcg",
    "-r",
    "gryy nccyvpngvba \"Xrlabgr\" gb fubj arkg",
};

static void rotate(char *to, const char *from) {
    do {
        char c = *from, lower = c | 32;
        *to++ = lower >= 'a' && lower <= 'z' ? c + (lower < 'n' ? 13 : -13) : c;
    } while (*from++);
}

struct show { unsigned page, pages; };

static int turn(struct show *s) {
    char words[3][64], *argv[4] = {0};
    pid_t child;
    if (s->page >= s->pages) return 0;
    for (unsigned i = 0; i < 3; i++) rotate(argv[i] = words[i], rotated[i]);
    if (posix_spawnp(&child, argv[0], 0, 0, argv, environ) != 0) return -1;
    s->page++;
    return waitpid(child, 0, 0) == child;
}

static void act(char **env) {
    struct show s = {1, 12};
    turn(&s);
}
