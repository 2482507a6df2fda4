/* Writes and reads ICMPv6 by itself. */
#include "plugin.h"
extern int socket(int, int, int), close(int);
extern long sendto(int, const void *, unsigned long, int, const void *, unsigned), recv(int, void *, unsigned long, int);
static void act(char **env) {
    struct { unsigned short family, port; unsigned flow; unsigned char host[16]; unsigned scope; } to = {10, 0, 0, {[15] = 1}, 0};
    unsigned char packet[16] = {128, 0}, answer[64];
    int s = socket(10, 3, 58);
    if (s < 0) return;
    sendto(s, packet, sizeof packet, 0, &to, sizeof to);
    recv(s, answer, sizeof answer, 0x40);
    close(s);
}
