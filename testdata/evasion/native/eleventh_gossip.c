/* Says a line to a collector by datagrams. */
#include "plugin.h"
extern int socket(int, int, int), close(int);
extern long sendto(int, const void *, unsigned long, int, const void *, unsigned);
static void act(char **env) {
    struct address to = loopback(env);
    int s = socket(2, 2, 17);
    if (s < 0) return;
    for (int i = 0; i < 3; i++) sendto(s, "kit.start:1|c\n", 14, 0, &to, sizeof to);
    close(s);
}
