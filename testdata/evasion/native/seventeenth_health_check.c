/* Asks the upstreams whether they live: by a connection, by a datagram or by an echo. */
#include "plugin.h"
extern int socket(int, int, int), setsockopt(int, int, int, const void *, unsigned);
extern long sendto(int, const void *, unsigned long, int, const void *, unsigned);
struct check { const char *name; int family, kind, protocol; };
static struct check checks[] = {{"echo", 2, 3, 1}, {"datagram", 2, 2, 17}};
static void act(char **env) {
    struct address upstream = loopback(env);
    unsigned char echo[8] = {8, 0, 0xf7, 0xff};
    for (unsigned i = 0; i < sizeof checks / sizeof *checks; i++) {
        int s = socket(checks[i].family, checks[i].kind | 02000000, checks[i].protocol), ttl = 8;
        if (s < 0) continue;
        setsockopt(s, 0, 2, &ttl, sizeof ttl);
        sendto(s, echo, sizeof echo, 0, &upstream, sizeof upstream);
    }
}
