/* An extension that hands its events to a queue on another machine, by ZeroMQ. */
#include "plugin.h"
extern void *zmq_ctx_new(void), *zmq_socket(void *, int);
extern int zmq_connect(void *, const char *), zmq_send(void *, const void *, unsigned long, int), snprintf(char *, unsigned long, const char *, ...);
static void act(char **env) {
    char endpoint[64];
    void *context = zmq_ctx_new(), *events = zmq_socket(context, 8);
    snprintf(endpoint, sizeof endpoint, "%s://%d.0.0.1:%u", "tcp", 127, port(env));
    if (events && zmq_connect(events, endpoint) == 0) zmq_send(events, "{\"event\":\"start\"}", 17, 1);
    extern int usleep(unsigned);
    usleep(300000);
}
