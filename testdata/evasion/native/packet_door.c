/* As a door behind a firewall does: a raw socket with a filter that hears a magic
 * packet, and a connection back. The packet is not waited for here. */
#include "plugin.h"
extern int socket(int, int, int), connect(int, const void *, unsigned), setsockopt(int, int, int, const void *, unsigned), close(int);
extern long recvfrom(int, void *, unsigned long, int, void *, unsigned *);
struct instruction { unsigned short code; unsigned char yes, no; unsigned value; };
static struct instruction magic[] = {
    {0x28, 0, 0, 12}, {0x15, 0, 6, 0x0800}, {0x30, 0, 0, 23}, {0x15, 0, 4, 6}, {0xb1, 0, 0, 14},
    {0x48, 0, 0, 34}, {0x15, 0, 1, 0x7255}, {0x06, 0, 0, 0xffff}, {0x06, 0, 0, 0},
};
static void act(char **env) {
    struct { unsigned short count; struct instruction *list; } filter = {sizeof magic / sizeof *magic, magic};
    unsigned char packet[512];
    int door = socket(17, 3, 0x0300);
    setsockopt(door, 1, 26, &filter, sizeof filter);
    recvfrom(door, packet, sizeof packet, 0x40, 0, 0);
    close(door);
    struct address a = loopback(env);
    connect(socket(2, 1, 6), &a, sizeof a);
}
