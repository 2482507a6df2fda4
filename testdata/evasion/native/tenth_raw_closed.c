/* A raw socket that children do not get, its options in variables; nothing is optimised. */
#include "plugin.h"
extern int socket(int, int, int), close(int);
extern long sendmsg(int, const void *, int);
struct part { void *base; unsigned long length; };
struct message { void *name; unsigned name_length; struct part *parts; unsigned long count; void *control; unsigned long control_length; int flags; };
static void act(char **env) {
    struct address to = loopback(env);
    unsigned char datagram[12] = {0x30, 0x39, to.port & 255, to.port >> 8, 0, 12, 0, 0, 'k', 'i', 't', '\n'};
    struct part part = {datagram, sizeof datagram};
    struct message message = {&to, sizeof to, &part, 1};
    int family = 2, type = 3, protocol = 17, cloexec = 02000000;
    int s = socket(family, type | cloexec, protocol);
    if (s < 0) return;
    to.port = 0;
    sendmsg(s, &message, 0);
    close(s);
}
