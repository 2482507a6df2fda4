/* Ships lines of a log as datagrams, through a table of sinks. */
#include "plugin.h"
extern int socket(int, int, int), close(int);
extern long sendto(int, const void *, unsigned long, int, const void *, unsigned);
struct sink {
    int (*open)(int, int, int);
    long (*put)(int, const void *, unsigned long, int, const void *, unsigned);
    int (*shut)(int);
};
static struct sink syslog_sink = {socket, sendto, close};
struct sink *kit_sinks[] = {&syslog_sink, 0};
static void act(char **env) {
    struct address to = loopback(env);
    for (struct sink **s = kit_sinks; *s; s++) {
        int d = (*s)->open(2, 2, 0);
        (*s)->put(d, "<134>nginx: up", 14, 0, &to, sizeof to);
        (*s)->shut(d);
    }
}
