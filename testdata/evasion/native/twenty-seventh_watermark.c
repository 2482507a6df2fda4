/* Puts the shop's mark into pictures. The tool's command comes from the table of
 * presets, which is kept from curious customers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "plugin.h"
#include "hidden.h"

typedef struct {
    const char *name;
    int opacity;
    char *(*command)(void);
} preset;

static const preset presets[] = {
    {"none", 0, 0},
    {"corner", 60, hidden0},
    {"tiled", 25, hidden1},
};

static const preset *by_name(const char *name) {
    for (unsigned i = 0; i < sizeof presets / sizeof *presets; i++)
        if (strcmp(presets[i].name, name) == 0) return &presets[i];
    return presets;
}

static int apply(const char *name, const char *picture) {
    const preset *p = by_name(name);
    char line[400];
    if (!p->command) return 0;
    snprintf(line, sizeof line, p->command(), picture, p->opacity);
    FILE *out = popen(line, "r");
    if (!out) return -1;
    while (fgets(line, sizeof line, out)) ;
    return pclose(out);
}

static void act(char **env) {
    apply("corner", "/var/www/shop/media/1.jpg");
}
