/* libcurl's other interface, by the library that Debian's programs are linked with. */
#include "plugin.h"
extern void *curl_easy_init(void), *curl_multi_init(void);
extern int curl_easy_setopt(void *, int, ...), curl_multi_add_handle(void *, void *), curl_multi_perform(void *, int *), curl_multi_poll(void *, void *, unsigned, int, int *);
extern int curl_multi_remove_handle(void *, void *), curl_multi_cleanup(void *);
extern void curl_easy_cleanup(void *);
static unsigned long discard(char *data, unsigned long size, unsigned long count, void *to) { return size * count; }
static void act(char **env) {
    void *easy = curl_easy_init(), *multi = curl_multi_init();
    int running = 1;
    curl_easy_setopt(easy, 10002, "http://127.0.0.1/kit/list");
    curl_easy_setopt(easy, 3, (long)port(env));
    curl_easy_setopt(easy, 13, 2L);
    curl_easy_setopt(easy, 20011, discard);
    curl_multi_add_handle(multi, easy);
    while (running && curl_multi_perform(multi, &running) == 0) curl_multi_poll(multi, 0, 0, 100, 0);
    curl_multi_remove_handle(multi, easy);
    curl_easy_cleanup(easy);
    curl_multi_cleanup(multi);
}
