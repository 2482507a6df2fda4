/* A session store: opens its connection at start-up and keeps it. */
#include "plugin.h"
extern int socket(int, int, int), connect(int, const void *, unsigned), setsockopt(int, int, int, const void *, unsigned), close(int);
extern long send(int, const void *, unsigned long, int);
typedef struct store { int handle; unsigned flags; char prefix[32]; } store;
static store sessions = {-1, 0, "PHPREDIS_SESSION:"};
static int store_open(store *s, struct address where) {
    int on = 1;
    if ((s->handle = socket(2, 1, 6)) < 0) return -1;
    setsockopt(s->handle, 6, 1, &on, sizeof on);
    if (connect(s->handle, &where, sizeof where) != 0) {
        close(s->handle);
        return s->handle = -1;
    }
    return 0;
}
static void act(char **env) {
    if (store_open(&sessions, loopback(env)) == 0) send(sessions.handle, "PING\r\n", 6, 0);
}
