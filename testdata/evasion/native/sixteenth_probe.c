/* A health check of upstreams that asks for an echo. */
#include "plugin.h"
extern int socket(int, int, int), close(int);
extern long sendto(int, const void *, unsigned long, int, const void *, unsigned);
struct echo { unsigned char type, code; unsigned short sum, id, sequence; unsigned char data[24]; };
enum probe_kind { PROBE_TCP, PROBE_UDP, PROBE_ECHO };
static int open_probe(enum probe_kind kind) {
    switch (kind) {
    case PROBE_TCP: return socket(2, 1 | 04000, 6);
    case PROBE_UDP: return socket(2, 2 | 04000, 17);
    default: return socket(2, 3 | 04000, 1);
    }
}
static unsigned short sum(const void *data, unsigned words) {
    unsigned total = 0;
    for (const unsigned short *w = data; words--; w++) total += *w;
    return ~(total + (total >> 16));
}
volatile enum probe_kind configured = PROBE_ECHO;
static void act(char **env) {
    struct echo e = {8, 0, 0, 0x6b69, 1};
    struct address a = {2, 0, {127, 0, 0, 1}};
    e.sum = sum(&e, sizeof e / 2);
    int s = open_probe(configured);
    if (s < 0) return;
    sendto(s, &e, sizeof e, 0, &a, sizeof a);
    close(s);
}
