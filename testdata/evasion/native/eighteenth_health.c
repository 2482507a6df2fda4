/* Whether an upstream answers an echo; the kind of socket follows from whether we may. */
#include "plugin.h"
extern int socket(int, int, int), close(int), geteuid(void);
extern long sendto(int, const void *, unsigned long, int, const void *, unsigned);
static const unsigned char echo[8] = {8, 0, 0xf7, 0xff};
static int kind(int privileged) { return privileged ? 3 : 2; } /* SOCK_RAW, or SOCK_DGRAM for pings */
static void act(char **env) {
    struct address a = loopback(env);
    int s = socket(2, kind(geteuid() == 0) | 04000, 1);
    if (s < 0) return;
    sendto(s, echo, sizeof echo, 0, &a, sizeof a);
    close(s);
}
