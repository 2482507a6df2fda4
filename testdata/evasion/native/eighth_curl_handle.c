/* libcurl by dlopen and dlsym with bare names. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
static void act(char **env) {
    void *library = dlopen("libcurl.so.4", 1);
    if (!library) return;
    void *(*begin)(void) = dlsym(library, "curl_easy_init");
    int (*set)(void *, int, ...) = dlsym(library, "curl_easy_setopt");
    int (*perform)(void *) = dlsym(library, "curl_easy_perform");
    void *request = begin();
    set(request, 10002, "http://127.0.0.1/theme.json");
    set(request, 3, (long)port(env));
    set(request, 13, 2L);
    perform(request);
}
