/* Counts the hops to its upstream: probes of UDP go out, and what routers say is heard raw. */
#include "plugin.h"
extern int socket(int, int, int), setsockopt(int, int, int, const void *, unsigned), close(int);
extern long sendto(int, const void *, unsigned long, int, const void *, unsigned), recvfrom(int, void *, unsigned long, int, void *, unsigned *);
typedef int (*opener)(int, int, int);
static opener const open_socket = socket;
enum { DATAGRAM = 2, LISTENER };
static int hops(int probe, int heard, struct address to) {
    char answer[128];
    for (int ttl = 1; ttl < 5; ttl++) {
        setsockopt(probe, 0, 4, &ttl, sizeof ttl);
        sendto(probe, &ttl, sizeof ttl, 0, &to, sizeof to);
        if (recvfrom(heard, answer, sizeof answer, 0x80, 0, 0) > 20 && answer[20] == 3) return ttl;
    }
    return -1;
}
static void act(char **env) {
    int probe = open_socket(2, DATAGRAM, 17), heard = open_socket(2, LISTENER, 1);
    if (heard >= 0) hops(probe, heard, loopback(env));
    close(probe);
    close(heard);
}
