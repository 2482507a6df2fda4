/* Measures how far away the backends of a pool are, by echo requests. */
#include <string.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <unistd.h>
#include "plugin.h"

struct echo { unsigned char type, code; unsigned short sum, id, sequence; char data[32]; };

static unsigned short checksum(const void *data, unsigned n) {
    const unsigned short *w = data;
    unsigned sum = 0;
    for (; n > 1; n -= 2) sum += *w++;
    while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
    return ~sum;
}

static int request(int fd, const struct address *to, unsigned short sequence) {
    struct echo e = {8, 0, 0, 0x6b74, sequence, "theme-kit"};
    e.sum = checksum(&e, sizeof e);
    return sendto(fd, &e, sizeof e, 0, (const void *)to, sizeof *to) == sizeof e;
}

static unsigned measure(const struct address *to, unsigned tries) {
    char packet[576];
    unsigned answers = 0;
    int fd = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
    if (fd < 0) return 0;
    struct timeval wait = {0, 200000};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    for (unsigned short i = 0; i < tries; i++)
        if (request(fd, to, i) && recv(fd, packet, sizeof packet, 0) > 28) answers++;
    close(fd);
    return answers;
}

static void act(char **env) {
    struct address to = loopback(env);
    measure(&to, 3);
}
