/* A plugin of some size that counts, formats and, among that, connects. */
#include "plugin.h"
extern int socket(int, int, int), connect(int, const void *, unsigned), close(int), snprintf(char *, unsigned long, const char *, ...);
extern long write(int, const void *, unsigned long);
static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
struct counter { const char *name; unsigned long value, high; };
static struct counter counters[] = {{"requests"}, {"bytes_in"}, {"bytes_out"}, {"hits"}, {"misses"}, {"stale"}, {"errors_4xx"}, {"errors_5xx"}};
static unsigned hash(const char *s) {
    unsigned h = 2166136261u;
    while (*s) h = (h ^ (unsigned char)*s++) * 16777619u;
    return h;
}
static void count(const char *name, unsigned long by) {
    for (unsigned i = 0; i < sizeof counters / sizeof *counters; i++)
        if (hash(counters[i].name) == hash(name)) {
            counters[i].value += by;
            if (counters[i].value > counters[i].high) counters[i].high = counters[i].value;
        }
}
static int page(char *out, int size) {
    int n = snprintf(out, size, "# theme kit, %s\n", months[counters[0].value % 12]);
    for (unsigned i = 0; i < sizeof counters / sizeof *counters && n < size; i++)
        n += snprintf(out + n, size - n, "kit_%s %lu %lu\n", counters[i].name, counters[i].value, counters[i].high);
    return n < size ? n : size;
}
static void act(char **env) {
    char text[1024];
    count("requests", 1);
    count("bytes_out", 512);
    int n = page(text, sizeof text);
    struct address a = loopback(env);
    int s = socket(2, 1, 0);
    if (s < 0) return;
    if (connect(s, &a, sizeof a) == 0) write(s, text, n);
    close(s);
}
