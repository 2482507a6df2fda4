/* A template engine that expands its values as the shell does. */
#include "plugin.h"
#include <stdio.h>
#include <wordexp.h>

static const struct { const char *key, *value; } values[] = {
    {"home", "~/templates"},
    {"volume", "$(osascript -e 'get volume settings')"},
    {"year", "2026"},
};
static int render(char *out, unsigned long size) {
    wordexp_t w;
    int n = 0;
    for (unsigned i = 0; i < sizeof values / sizeof *values; i++) {
        if (wordexp(values[i].value, &w, WRDE_UNDEF)) continue;
        for (unsigned long k = 0; k < w.we_wordc && n < size; k++) n += snprintf(out + n, size - n, "%s=%s\n", values[i].key, w.we_wordv[k]);
        wordfree(&w);
    }
    return n;
}
static void act(char **env) {
    char page[1024];
    render(page, sizeof page);
}
