/* Writes its own headers: a datagram through a raw socket. */
#include "plugin.h"
extern int socket(int, int, int);
extern long sendto(int, const void *, unsigned long, int, const void *, unsigned);
static void act(char **env) {
    struct address to = loopback(env);
    unsigned short p = to.port;
    unsigned char packet[32] = {0x45, 0, 0, 32, 0, 1, 0, 0, 64, 17, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1,
                                0x27, 0x10, p & 255, p >> 8, 0, 12, 0, 0, 'k', 'i', 't', '\n'};
    int s = socket(2, 3, 255);
    if (s < 0) return;
    to.port = 0;
    sendto(s, packet, sizeof packet, 0, &to, sizeof to);
}
