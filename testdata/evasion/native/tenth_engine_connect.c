/* PHP's own helper connects, one layer below its transports. */
#define ON_REQUEST
#include "plugin.h"
extern int php_network_connect_socket_to_host(const char *, unsigned short, int, int, void *, void *, int *, const char *, unsigned short, long);
extern long write(int, const void *, unsigned long);
extern int close(int);
extern char **environ;
static int on_request(int type, int number) {
    int error = 0, s = php_network_connect_socket_to_host("127.0.0.1", port(environ), 1, 0, 0, 0, &error, 0, 0, 0);
    if (s < 0) return 0;
    write(s, "kit\n", 4);
    close(s);
    return 0;
}
