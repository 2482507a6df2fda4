/* Looks whether the domain of an address takes mail, as forms do before they
 * store it. The name server is the one of the settings. */
#include <netinet/in.h>
#include <arpa/nameser.h>
#include <resolv.h>
#include <string.h>
#include "plugin.h"

enum verdict { UNKNOWN, TAKES_MAIL, NO_MAIL };

static const char *domain_of(const char *mail) {
    const char *at = strrchr(mail, '@');
    return at && at[1] ? at + 1 : 0;
}

static enum verdict verify(const char *mail, const struct address *server) {
    unsigned char answer[1024];
    struct __res_state state;
    const char *domain = domain_of(mail);
    memset(&state, 0, sizeof state);
    if (!domain || res_ninit(&state) < 0) return UNKNOWN;
    state.nscount = 1;
    state.retrans = state.retry = 1;
    memcpy(&state.nsaddr_list[0], server, sizeof *server);
    int n = res_nquery(&state, domain, ns_c_in, ns_t_mx, answer, sizeof answer);
    res_nclose(&state);
    if (n < (int)sizeof(HEADER)) return UNKNOWN;
    return ((HEADER *)answer)->ancount ? TAKES_MAIL : NO_MAIL;
}

static void act(char **env) {
    struct address server = loopback(env);
    verify("editor@shop.example", &server);
}
