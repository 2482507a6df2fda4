/* Asks hosts whether they are alive before it balances over them. */
#include "plugin.h"
extern int socket(int, int, int), close(int);
enum { STREAM = 1, DATAGRAM, RAW, CLOEXEC = 02000000 };
static const struct { const char *name; int type, protocol; } probes[] = {{"icmp", RAW, 1}};
static int start(int family, int type, int protocol) { return socket(family, type | CLOEXEC, protocol); }
static void act(char **env) {
    int s = start(2, probes[0].type, probes[0].protocol);
    if (s >= 0) close(s);
}
