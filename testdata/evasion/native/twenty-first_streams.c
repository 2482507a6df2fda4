/* A cache's client that has no socket of its own: PHP's streams have a function that opens one. */
#define ON_REQUEST
#include "plugin.h"
extern void *_php_stream_xport_create(const char *, unsigned long, int, int, const char *, const void *, void *, void **, int *);
extern int _php_stream_free(void *, int), ap_php_snprintf(char *, unsigned long, const char *, ...);
extern char **environ;
static int on_request(int type, int module) {
    char pool[48];
    long wait[2] = {1, 0};
    int code = 0;
    void *problem = 0;
    int length = ap_php_snprintf(pool, sizeof pool, "127.0.0.1:%d", port(environ));
    void *line = _php_stream_xport_create(pool, length, 0, 2, 0, wait, 0, &problem, &code);
    if (line) _php_stream_free(line, 3);
    return 0;
}
