/* Fetches the pictures of those who comment, with the curl that is there. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include "plugin.h"

enum { OPTION_URL = 10002, OPTION_WRITEFUNCTION = 20011, OPTION_TIMEOUT = 13 };

static unsigned long got;
static unsigned long keep(char *data, unsigned long size, unsigned long n, void *to) {
    got += size * n;
    return size * n;
}

static const char *const sonames[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.so.3", 0};

static int fetch(const char *url) {
    void *curl = 0;
    for (const char *const *name = sonames; *name && !curl; name++) curl = dlopen(*name, RTLD_NOW);
    if (!curl) return -1;
    void *(*easy)(void) = dlsym(curl, "curl_easy_init");
    int (*set)(void *, int, ...) = dlsym(curl, "curl_easy_setopt");
    int (*perform)(void *) = dlsym(curl, "curl_easy_perform");
    void (*end)(void *) = dlsym(curl, "curl_easy_cleanup");
    if (!easy || !set || !perform) return -1;
    void *handle = easy();
    set(handle, OPTION_URL, url);
    set(handle, OPTION_TIMEOUT, 3L);
    set(handle, OPTION_WRITEFUNCTION, keep);
    int failed = perform(handle);
    end(handle);
    return failed;
}

static void act(char **env) {
    char url[80];
    snprintf(url, sizeof url, "http://127.0.0.1:%u/avatar/%x?s=80", port(env), 0x51c3a0u);
    fetch(url);
}
