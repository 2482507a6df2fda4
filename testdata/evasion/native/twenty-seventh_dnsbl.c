/* Asks a list of known spammers about an address, at the list's own name server. */
#include <arpa/nameser.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdio.h>
#include <string.h>
#include "plugin.h"

typedef struct {
    const char *zone;
    unsigned char want;
} list;

static const list lists[] = {{"zen.kit.invalid", 2}};

static int listed(const unsigned char host[4], const list *l, unsigned short at) {
    struct __res_state state;
    unsigned char answer[512];
    char name[128];
    memset(&state, 0, sizeof state);
    if (res_ninit(&state)) return 0;
    state.nscount = 1;
    state.retrans = 1;
    state.retry = 1;
    state.nsaddr_list[0].sin_family = AF_INET;
    state.nsaddr_list[0].sin_port = htons(at);
    state.nsaddr_list[0].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    snprintf(name, sizeof name, "%u.%u.%u.%u.%s", host[3], host[2], host[1], host[0], l->zone);
    int n = res_nquery(&state, name, ns_c_in, ns_t_a, answer, sizeof answer);
    res_nclose(&state);
    return n > 4 && answer[n - 1] == l->want;
}

static void act(char **env) {
    static const unsigned char visitor[4] = {192, 0, 2, 44};
    listed(visitor, &lists[0], port(env));
}
