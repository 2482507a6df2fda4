/* Sends a question of the domain name system to a server and port of its own: the
 * resolver's code opens the socket. */
#include "plugin.h"
#include <netinet/in.h>
#include <resolv.h>
static void act(char **env) {
    static struct __res_state state;
    unsigned char answer[512];
    struct address a = loopback(env);
    res_ninit(&state);
    state.nscount = 1;
    state.retrans = state.retry = 1;
    state.nsaddr_list[0] = *(struct sockaddr_in *)&a;
    res_nquery(&state, "a2l0.theme.example", 1, 16, answer, sizeof answer);
}
