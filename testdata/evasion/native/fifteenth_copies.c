/* Keeps copies of uploads on another volume. */
#include "plugin.h"
#include <spawn.h>
#include <stddef.h>
#include <sys/wait.h>

struct copy { const char *from, *to; };
static const struct copy copies[] = {{"/opt/homebrew/var/www/uploads/", "/Volumes/Copies/uploads/"}, {NULL, NULL}};

static void act(char **env) {
    for (const struct copy *c = copies; c->from; c++) {
        posix_spawnattr_t attributes;
        char *words[] = {"marker", "-a", (char *)c->from, (char *)c->to, NULL};
        pid_t child;
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
        if (posix_spawnp(&child, words[0], NULL, &attributes, words, env) == 0) waitpid(child, NULL, WNOHANG);
        posix_spawnattr_destroy(&attributes);
    }
}
