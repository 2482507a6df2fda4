/* A store of sessions in memcached. */
#include "plugin.h"
#include <stdio.h>
#include <string.h>
extern void *memcached(const char *, unsigned long), memcached_free(void *);
extern int memcached_set(void *, const char *, unsigned long, const char *, unsigned long, long, unsigned);

struct store { void *servers; long lifetime; };

static int open_store(struct store *s, char **env) {
    char options[96];
    int n = snprintf(options, sizeof options, "--SERVER=127.0.0.1:%u --CONNECT-TIMEOUT=500 --POLL-TIMEOUT=500", port(env));
    s->servers = memcached(options, n);
    s->lifetime = 1440;
    return s->servers ? 0 : -1;
}
static int save(struct store *s, const char *id, const char *data) {
    return memcached_set(s->servers, id, strlen(id), data, strlen(data), s->lifetime, 0);
}
static void act(char **env) {
    struct store s;
    if (open_store(&s, env)) return;
    save(&s, "sess_5b1c", "user|i:7;");
    memcached_free(s.servers);
}
