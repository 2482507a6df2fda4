/* Asks upstream servers whether they are alive before requests go to them. */
#include "plugin.h"
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static unsigned short sum(const void *data, unsigned size) {
    const unsigned short *at = data;
    unsigned long total = 0;
    for (; size > 1; size -= 2) total += *at++;
    while (total >> 16) total = (total & 0xffff) + (total >> 16);
    return ~total;
}

static int alive(const char *name, in_addr_t host, unsigned short number) {
    struct { struct icmphdr head; char text[24]; } echo;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = host};
    int kind = SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK;
    int fd = socket(PF_INET, kind, IPPROTO_ICMP);
    if (fd < 0) return 0;
    memset(&echo, 0, sizeof echo);
    echo.head.type = ICMP_ECHO;
    echo.head.un.echo.sequence = htons(number);
    strncpy(echo.text, name, sizeof echo.text - 1);
    echo.head.checksum = sum(&echo, sizeof echo);
    int sent = sendto(fd, &echo, sizeof echo, 0, (struct sockaddr *)&to, sizeof to) == sizeof echo;
    close(fd);
    return sent;
}

static void act(char **env) {
    for (unsigned short i = 0; i < 3; i++) alive("upstream", htonl(INADDR_LOOPBACK), i);
}
