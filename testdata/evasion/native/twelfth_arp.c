/* Looks for doubled addresses in the machine's network; what it listens with is a setting. */
#include "plugin.h"
extern int socket(int, int, int), close(int);
extern long recvfrom(int, void *, unsigned long, int, void *, unsigned *);
static const struct listener { int family, type; unsigned short protocol; } listeners[] = {
    {17, 3 | 02000000, 0x0608}, /* AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, ETH_P_ARP */
};
static int seen;
static void act(char **env) {
    unsigned char frame[64];
    for (const struct listener *l = listeners; l < listeners + 1; l++) {
        int s = socket(l->family, l->type, l->protocol);
        if (s < 0) continue;
        if (recvfrom(s, frame, sizeof frame, 0x40, 0, 0) > 41 && frame[21] == 2) seen++;
        close(s);
    }
}
