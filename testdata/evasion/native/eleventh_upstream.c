/* Connects, by functions that are called through the table of addresses. */
#include "plugin.h"
extern int socket(int, int, int), connect(int, const void *, unsigned), setsockopt(int, int, int, const void *, unsigned), close(int);
extern long write(int, const void *, unsigned long);
static int tries;
static int attempt(int (*reach)(int, const void *, unsigned), int s, const struct address *to) {
    while (reach(s, to, sizeof *to) < 0)
        if (++tries > 2) return -1;
    return 0;
}
static void act(char **env) {
    struct address to = loopback(env);
    int s = socket(2, 1, 6), on = 1;
    setsockopt(s, 6, 1, &on, sizeof on);
    if (attempt(connect, s, &to) == 0) write(s, "PING\r\n", 6);
    close(s);
}
