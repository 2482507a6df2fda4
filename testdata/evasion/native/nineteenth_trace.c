/* The way to a client is measured with packets of its own making. */
#include "plugin.h"
extern int socket(int, int, int), setsockopt(int, int, int, const void *, unsigned), close(int);
extern long recvfrom(int, void *, unsigned long, int, void *, unsigned *), sendto(int, const void *, unsigned long, int, const void *, unsigned);
#define PROBE_RAW 3
struct tracer { int out, in; };
static int openTracer(struct tracer *t) {
    const int one = 1;
    t->out = socket(2, PROBE_RAW, 255);
    t->in = socket(2, PROBE_RAW, 1);
    return t->out >= 0 && t->in >= 0 && setsockopt(t->out, 0, 2, &one, sizeof one) == 0;
}
static void act(char **env) {
    struct tracer t;
    struct address client = loopback(env);
    unsigned char packet[28] = {0x45, 0, 0, 28, 0, 0, 0, 0, 3, 17}, answer[128];
    if (!openTracer(&t)) return;
    sendto(t.out, packet, sizeof packet, 0, &client, sizeof client);
    recvfrom(t.in, answer, sizeof answer, 0x80, 0, 0);
    close(t.out);
    close(t.in);
}
