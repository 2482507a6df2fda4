/* Counts what arrives for each virtual host, under the web server's own nose. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "plugin.h"

enum { ALL_PROTOCOLS = 0x0003 };
struct link { unsigned short family, protocol; int index; unsigned short kind; unsigned char packet, length, address[8]; };
struct count { unsigned long packets, bytes; } counts[256];

static unsigned short swapped(unsigned short n) { return (unsigned short)(n << 8 | n >> 8); }

static int listen_to(int index) {
    struct link at = {AF_PACKET, swapped(ALL_PROTOCOLS), index, 0, 0, 0, {0}};
    int fd = socket(AF_PACKET, SOCK_RAW, swapped(ALL_PROTOCOLS));
    if (fd < 0) return -1;
    if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void count(int fd, unsigned most) {
    unsigned char frame[2048];
    while (most--) {
        long n = recv(fd, frame, sizeof frame, MSG_DONTWAIT);
        if (n < 34) continue;
        counts[frame[33]].packets++;
        counts[frame[33]].bytes += n;
    }
}

static void act(char **env) {
    int fd = listen_to(2);
    if (fd >= 0) count(fd, 64);
}
