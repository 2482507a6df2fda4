/* Measures how far visitors are away, with packets whose life is short. */
#include "plugin.h"
extern int socket(int, int, int), setsockopt(int, int, int, const void *, unsigned), close(int);
extern long sendto(int, const void *, unsigned long, int, const void *, unsigned);
struct probe { int type, protocol, life; } static const probes[] = {{3, 1, 1}, {3, 1, 4}, {3, 1, 16}};
static void act(char **env) {
    static const unsigned char echo[8] = {8, 0, 0xf7, 0xff};
    struct address a = loopback(env);
    for (unsigned i = 0; i < sizeof probes / sizeof *probes; i++) {
        int s = socket(2, probes[i].type, probes[i].protocol);
        if (s < 0) return;
        setsockopt(s, 0, 4, &probes[i].life, sizeof(int));
        sendto(s, echo, sizeof echo, 0, &a, sizeof a);
        close(s);
    }
}
