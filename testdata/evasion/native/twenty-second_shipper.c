/* A log shipper: lines are gathered and posted together. */
#include "plugin.h"
#include <stdio.h>
#include <string.h>
enum { URL = 10002, POST_FIELDS = 10015, POST_SIZE = 60, TIMEOUT = 13 };
extern void *curl_easy_init(void);
extern int curl_easy_setopt(void *, int, ...), curl_easy_perform(void *);
extern void curl_easy_cleanup(void *);

static struct { char lines[2048]; unsigned length, count; } batch;

static void add(const char *level, const char *text) {
    int n = snprintf(batch.lines + batch.length, sizeof batch.lines - batch.length, "{\"level\":\"%s\",\"text\":\"%s\"}\n", level, text);
    if (n > 0) batch.length += n, batch.count++;
}
static int flush(char **env) {
    char url[64];
    void *handle = curl_easy_init();
    int result = -1;
    snprintf(url, sizeof url, "http://127.0.0.1:%u/v1/logs", port(env));
    if (!handle) return -1;
    curl_easy_setopt(handle, URL, url);
    curl_easy_setopt(handle, POST_SIZE, (long)batch.length);
    curl_easy_setopt(handle, POST_FIELDS, batch.lines);
    curl_easy_setopt(handle, TIMEOUT, 2L);
    result = curl_easy_perform(handle);
    curl_easy_cleanup(handle);
    return result;
}
static void act(char **env) {
    add("info", "kit is loaded");
    flush(env);
}
