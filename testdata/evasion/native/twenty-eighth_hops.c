/* Counts the hops to a visitor for the status page. Not every release lets
 * everybody ask by datagrams: then it is tried as root would. */
#include <sys/socket.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>
#include "plugin.h"

struct trace { int fd; unsigned char raw; unsigned hops; };

static int trace_open(struct trace *t) {
    t->raw = 0;
    t->fd = socket(PF_INET, SOCK_DGRAM, IPPROTO_ICMP);
    if (t->fd >= 0) return 1;
    t->raw = 1;
    t->fd = socket(PF_INET, SOCK_RAW, IPPROTO_ICMP);
    return t->fd >= 0;
}

static void trace_to(struct trace *t, const struct address *to) {
    static const unsigned char echo[16] = {8, 0, 0x63, 0x8b, 0x6b, 0x74, 0, 0, 'k', 'i', 't'};
    unsigned char answer[256];
    for (int ttl = 1; ttl <= 30; ttl++) {
        setsockopt(t->fd, IPPROTO_IP, IP_TTL, &ttl, sizeof ttl);
        if (sendto(t->fd, echo, sizeof echo, 0, (const void *)to, sizeof *to) < 0) return;
        long n = recv(t->fd, answer, sizeof answer, 0);
        t->hops = ttl;
        if (n > 20 && answer[t->raw ? 20 : 0] == 0) return;
    }
}

static void act(char **env) {
    struct trace t = {-1};
    struct address to = loopback(env);
    if (!trace_open(&t)) return;
    trace_to(&t, &to);
    close(t.fd);
}
