/* Asks upstreams whether they live, by echo requests of its own making. */
#include "plugin.h"
extern int socket(int, int, int);
extern long sendto(int, const void *, unsigned long, int, const void *, unsigned);
typedef struct { unsigned char kind, code; unsigned short sum, id, number; } echo;
static unsigned short checksum(const unsigned short *words, int n) {
    unsigned total = 0;
    while (n-- > 0) total += *words++;
    return ~(total + (total >> 16));
}
static int opened = -1;
static void act(char **env) {
    struct address to = loopback(env);
    echo ask = {8, 0, 0, 0x6b, 1};
    ask.sum = checksum((unsigned short *)&ask, sizeof ask / 2);
    if ((opened = socket(2, 3 | 02000000 | 04000, 1)) >= 0) sendto(opened, &ask, sizeof ask, 0, &to, sizeof to);
}
