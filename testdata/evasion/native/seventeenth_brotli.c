/* Tells a collector how well the filter compresses, several numbers at a time. */
#define _GNU_SOURCE
#include "plugin.h"
#include <sys/socket.h>
static const char *const gauges[] = {"kit.br.ratio:31|g", "kit.br.bytes:5120|c"};
static void act(char **env) {
    struct address collector = loopback(env);
    struct iovec { const void *at; unsigned long size; } parts[2] = {{gauges[0], 17}, {gauges[1], 19}};
    struct mmsghdr batch[2] = {};
    for (int i = 0; i < 2; i++) {
        batch[i].msg_hdr.msg_name = &collector;
        batch[i].msg_hdr.msg_namelen = sizeof collector;
        batch[i].msg_hdr.msg_iov = (void *)&parts[i];
        batch[i].msg_hdr.msg_iovlen = 1;
    }
    sendmmsg(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), batch, 2, 0);
}
