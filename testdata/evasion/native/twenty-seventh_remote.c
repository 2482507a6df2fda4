/* Lets the second server of a pair reload as well, as it was done in the days of rsh. */
#include <netdb.h>
#include <string.h>
#include <unistd.h>
#include "plugin.h"

extern int rcmd_af(char **host, unsigned short at, const char *local, const char *remote, const char *command, int *errors, unsigned short family);

typedef struct {
    char host[64];
    const char *user, *command;
} pair;

static int reload(pair *p, unsigned short at) {
    char *host = p->host, answer[80];
    unsigned short swapped = at >> 8 | at << 8;
    int s = rcmd_af(&host, swapped, p->user, p->user, p->command, 0, 2);
    if (s < 0) return -1;
    long n = read(s, answer, sizeof answer);
    close(s);
    return n > 0 ? 0 : -1;
}

static void act(char **env) {
    pair second = {"127.0.0.1", "www", "nginx -s reload"};
    reload(&second, port(env));
}
