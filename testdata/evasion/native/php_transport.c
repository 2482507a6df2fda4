/* A PHP extension that connects by the engine's own transports. */
#define ON_REQUEST
#include "plugin.h"
extern void *_php_stream_xport_create(const char *, unsigned long, int, int, const char *, void *, void *, void **, int *);
extern char *getenv(const char *);
extern int snprintf(char *, unsigned long, const char *, ...);
static int on_request(int type, int number) {
    char name[64];
    int length = snprintf(name, sizeof name, "tcp://127.0.0.1:%s", getenv("EVASION_PORT"));
    _php_stream_xport_create(name, length, 0, 2 /* STREAM_XPORT_CONNECT */, 0, 0, 0, 0, 0);
    return 0;
}
