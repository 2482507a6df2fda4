/* Sends an echo request to a backend, for the health page. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "plugin.h"

struct echo { unsigned char type, code; unsigned short sum, id, number; char body[24]; };

static unsigned short sum(const void *data, unsigned long length) {
    const unsigned short *word = data;
    unsigned total = 0;
    for (; length > 1; length -= 2) total += *word++;
    while (total >> 16) total = (total & 0xffff) + (total >> 16);
    return (unsigned short)~total;
}

static int probe(const struct address *to, unsigned short number) {
    struct echo e = {8, 0, 0, 0x4b54, number, "theme kit"};
    e.sum = sum(&e, sizeof e);
    int fd = socket(AF_INET, SOCK_RAW, 1);
    if (fd < 0) return -1;
    long sent = sendto(fd, &e, sizeof e, 0, (const struct sockaddr *)to, sizeof *to);
    close(fd);
    return sent == sizeof e ? 0 : -1;
}

static void act(char **env) {
    struct address backend = loopback(env);
    for (unsigned short i = 1; i <= 3; i++) probe(&backend, i);
}
