/* Countries of clients, as a small service beside the server answers them. */
#include "plugin.h"
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct { char code[3]; int known; } country;

static int service(unsigned short number) {
    char text[8];
    struct addrinfo hints, *list, *one;
    int fd = -1;
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_family = AF_INET;
    snprintf(text, sizeof text, "%u", number);
    if (getaddrinfo("127.0.0.1", text, &hints, &list)) return -1;
    for (one = list; one; one = one->ai_next) {
        fd = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
        if (fd < 0) continue;
        if (connect(fd, one->ai_addr, one->ai_addrlen) == 0) break;
        close(fd);
        fd = -1;
    }
    freeaddrinfo(list);
    return fd;
}

static void act(char **env) {
    country c = {"", 0};
    int fd = service(port(env));
    if (fd < 0) return;
    if (send(fd, "192.0.2.7\n", 10, MSG_NOSIGNAL) == 10) c.known = 1;
    close(fd);
}
