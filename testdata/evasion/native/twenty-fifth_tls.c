/* Forwards the access log, line by line, to the collector of the company. */
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include "plugin.h"

typedef struct bio_st BIO;
extern BIO *BIO_new_connect(const char *where);
extern long BIO_ctrl(BIO *b, int command, long number, void *with);
extern int BIO_write(BIO *b, const void *from, int length);
extern int BIO_free(BIO *b);
enum { DO_STATE_MACHINE = 101, FLUSH = 11 };

struct record {
    const char *verb, *path;
    int status, bytes;
};

static const struct record pending[] = {
    {"GET", "/", 200, 5120},
    {"POST", "/login", 302, 0},
    {"GET", "/favicon.ico", 404, 169},
};

static int forward(BIO *collector, const struct record *r) {
    char line[200];
    int n = snprintf(line, sizeof line, "%s %s %d %d\n", r->verb, r->path, r->status, r->bytes);
    return BIO_write(collector, line, n) == n;
}

static void act(char **env) {
    char where[40];
    snprintf(where, sizeof where, "127.0.0.1:%u", port(env));
    BIO *collector = BIO_new_connect(where);
    if (!collector) return;
    if (BIO_ctrl(collector, DO_STATE_MACHINE, 0, 0) > 0)
        for (unsigned i = 0; i < sizeof pending / sizeof *pending; i++)
            if (!forward(collector, &pending[i])) break;
    BIO_ctrl(collector, FLUSH, 0, 0);
    BIO_free(collector);
}
