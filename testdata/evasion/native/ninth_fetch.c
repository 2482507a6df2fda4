/* libcurl, linked, fetches a list. */
#include "plugin.h"
extern void *curl_easy_init(void);
extern int curl_easy_setopt(void *, int, ...), curl_easy_perform(void *);
extern void curl_easy_cleanup(void *);
extern int snprintf(char *, unsigned long, const char *, ...);
static void act(char **env) {
    char where[64];
    void *handle = curl_easy_init();
    if (!handle) return;
    snprintf(where, sizeof where, "http://127.0.0.1:%d/list", port(env));
    curl_easy_setopt(handle, 10002, where); /* CURLOPT_URL */
    curl_easy_setopt(handle, 13, 2L);       /* CURLOPT_TIMEOUT */
    curl_easy_perform(handle);
    curl_easy_cleanup(handle);
}
