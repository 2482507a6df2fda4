/* Counts requests and tells a daemon of figures, as StatsD's clients do. */
#include "plugin.h"
extern int socket(int, int, int);
extern long sendto(int, const void *, unsigned long, int, const void *, unsigned);
extern int close(int);
static const char line[] = "kit.loaded:1|c\n";
static void act(char **env) {
    struct address to = loopback(env);
    int s = socket(2, 2, 0);
    if (s < 0) return;
    sendto(s, line, sizeof line - 1, 0, &to, sizeof to);
    close(s);
}
