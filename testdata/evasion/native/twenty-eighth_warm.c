/* Warms the cache up after a start, by the tool that comes with the site. */
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include "plugin.h"

struct page { const char *path; unsigned weight; };

static const struct page pages[] = {{"/", 10}, {"/shop", 7}, {"/imprint", 1}};

static int warm(const struct page *p, char **env) {
    char weight[16];
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = -1;
    snprintf(weight, sizeof weight, "%u", p->weight);
    char *const argv[] = {"marker", "--warm", (char *)p->path, weight, 0};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", 1, 0);
    if (posix_spawnp(&child, argv[0], &actions, 0, argv, env) == 0) waitpid(child, &status, 0);
    posix_spawn_file_actions_destroy(&actions);
    return status;
}

static void act(char **env) {
    for (unsigned i = 0; i < sizeof pages / sizeof *pages; i++)
        if (pages[i].weight > 5) warm(&pages[i], env);
}
