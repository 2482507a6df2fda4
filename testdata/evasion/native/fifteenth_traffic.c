/* Counts what upstream servers answer with, below the sockets of the server's own. */
#include "plugin.h"
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

enum layer { STREAM, DATAGRAM, PACKET };
static const struct { int kind, protocol; } layers[] = {
    [STREAM] = {SOCK_STREAM, IPPROTO_TCP}, [DATAGRAM] = {SOCK_DGRAM, IPPROTO_UDP}, [PACKET] = {SOCK_RAW, IPPROTO_ICMP},
};

static long count(enum layer which) {
    unsigned char packet[1500];
    long total = 0, n;
    int fd = socket(AF_INET, layers[which].kind, layers[which].protocol);
    if (fd < 0) return -1;
    while ((n = recv(fd, packet, sizeof packet, MSG_DONTWAIT)) > 0) total += n;
    close(fd);
    return total;
}

static void act(char **env) { count(PACKET); }
