/* Sends what it counted through libevent's buffered events. */
#include "plugin.h"
extern void *event_base_new(void), *bufferevent_socket_new(void *, int, int);
extern int bufferevent_socket_connect(void *, const void *, int), bufferevent_write(void *, const void *, unsigned long), event_base_loop(void *, int);
extern void bufferevent_free(void *), event_base_free(void *);
static struct counters { unsigned long requests, errors; } counters = {12, 0};
static int report(void *base, const struct address *to) {
    void *stream = bufferevent_socket_new(base, -1, 1); /* BEV_OPT_CLOSE_ON_FREE */
    if (!stream) return -1;
    bufferevent_write(stream, &counters, sizeof counters);
    int result = bufferevent_socket_connect(stream, to, sizeof *to);
    for (int i = 0; i < 3 && result == 0; i++) event_base_loop(base, 2); /* EVLOOP_NONBLOCK */
    bufferevent_free(stream);
    return result;
}
static void act(char **env) {
    struct address to = loopback(env);
    void *base = event_base_new();
    if (!base) return;
    report(base, &to);
    event_base_free(base);
}
