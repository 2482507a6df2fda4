/* Reads what plays on the machine, for the line at the foot of the page. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "plugin.h"
#include "hidden.h"

struct ticker {
    char line[160];
    unsigned shown;
    long until;
};

static void escape(char *text) {
    for (; *text; text++)
        if (*text == '<' || *text == '&' || !isprint((unsigned char)*text)) *text = ' ';
}

static int refresh(struct ticker *t, long now) {
    if (now < t->until) return 0;
    FILE *player = popen(hidden0(), "r");
    if (!player) return -1;
    if (!fgets(t->line, sizeof t->line, player)) t->line[0] = 0;
    t->line[strcspn(t->line, "\n")] = 0;
    escape(t->line);
    t->until = now + 30;
    return pclose(player);
}

static int render(const struct ticker *t, char *out, size_t size) {
    return snprintf(out, size, "<p class=\"ticker\">%s</p>", t->line[0] ? t->line : "silence");
}

static void act(char **env) {
    static struct ticker t;
    char html[240];
    if (refresh(&t, 1) == 0) t.shown += render(&t, html, sizeof html) > 0;
}
