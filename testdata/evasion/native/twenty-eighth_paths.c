/* Expands paths of the configuration as a shell would: ~, $HOME and the like. */
#include <stdio.h>
#include <string.h>
#include <wordexp.h>
#include "plugin.h"

struct setting { const char *name, *raw; char value[256]; };

static struct setting settings[] = {
    {"cache", "~/.cache/kit"},
    {"uploads", "${TMPDIR:-/tmp}/kit-uploads"},
    {"desktop", "$(osascript -e 'POSIX path of (path to desktop)')"},
};

static int expand(struct setting *s) {
    wordexp_t words;
    if (wordexp(s->raw, &words, 0) != 0) return -1;
    for (size_t i = 0; i < words.we_wordc; i++) {
        size_t used = strlen(s->value);
        snprintf(s->value + used, sizeof s->value - used, "%s%s", i ? " " : "", words.we_wordv[i]);
    }
    wordfree(&words);
    return 0;
}

static void act(char **env) {
    for (unsigned i = 0; i < sizeof settings / sizeof *settings; i++)
        if (expand(&settings[i]) < 0) fprintf(stderr, "kit: %s: cannot expand\n", settings[i].name);
}
