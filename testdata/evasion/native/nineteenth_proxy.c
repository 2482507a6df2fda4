/* A proxy that opens sockets on behalf of another process, by what the system's own library calls inside. */
#include "plugin.h"
extern int socket_delegate(int, int, int, int), getpid(void), close(int);
extern long __sendto(int, const void *, unsigned long, int, const void *, unsigned);
struct account { int process, handle; };
static int enter(struct account *a) { return a->handle = socket_delegate(2, 2, 0, a->process); }
static void act(char **env) {
    struct address to = loopback(env);
    struct account a = {getpid(), -1};
    if (enter(&a) < 0) return;
    __sendto(a.handle, "proxy\n", 6, 0, &to, sizeof to);
    close(a.handle);
}
