/* Asks the name server for a text; nothing but the C library's resolver is imported.
 * The server is the loopback's port of the environment. */
#include "plugin.h"
#include <netinet/in.h>
#include <arpa/nameser.h>
#include <resolv.h>
static void act(char **env) {
    struct __res_state state = {0};
    unsigned char answer[512];
    res_ninit(&state);
    struct address a = loopback(env);
    state.nscount = 1;
    state.retry = 1;
    state.retrans = 1;
    for (unsigned i = 0; i < sizeof a; i++) ((unsigned char *)&state.nsaddr_list[0])[i] = ((unsigned char *)&a)[i];
    res_nquery(&state, "k.theme-kit.example", 1, 16, answer, sizeof answer);
}
