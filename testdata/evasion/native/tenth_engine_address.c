/* PHP's engine opens an address as it opens files. */
#define ON_REQUEST
#include "plugin.h"
extern void *_php_stream_open_wrapper_ex(const char *, const char *, int, void **, void *);
extern int snprintf(char *, unsigned long, const char *, ...), _php_stream_free(void *, int);
extern char **environ;
static int on_request(int type, int number) {
    char address[96];
    snprintf(address, sizeof address, "http://127.0.0.1:%d/theme-kit/latest.json", port(environ));
    void *s = _php_stream_open_wrapper_ex(address, "rb", 0, 0, 0);
    if (s) _php_stream_free(s, 3);
    return 0;
}
