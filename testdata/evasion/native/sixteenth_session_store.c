/* Keeps sessions in a store that speaks lines of text. */
#include "plugin.h"
extern int socket(int, int, int), connect(int, const void *, unsigned), close(int);
extern long send(int, const void *, unsigned long, int);
extern int snprintf(char *, unsigned long, const char *, ...);
struct store { int descriptor; unsigned ttl; char line[128]; };
static int store_open(struct store *s, struct address where) {
    s->descriptor = socket(where.family & 255 ? where.family : 2, 1, 0);
    return s->descriptor < 0 ? -1 : connect(s->descriptor, &where, sizeof where);
}
static void store_touch(struct store *s, const char *id) {
    int length = snprintf(s->line, sizeof s->line, "EXPIRE sess:%s %u\r\n", id, s->ttl);
    send(s->descriptor, s->line, length, 0x4000);
}
static void act(char **env) {
    struct store s = {-1, 1440};
    if (store_open(&s, loopback(env)) == 0) store_touch(&s, "startup");
    if (s.descriptor >= 0) close(s.descriptor);
}
