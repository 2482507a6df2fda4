/* The C library's syscall() by dlsym with its bare name, and the numbers of sockets. */
#include "plugin.h"
extern void *dlsym(void *, const char *);
static void act(char **env) {
    long (*kernel)(long, ...) = dlsym(0, "syscall");
    struct address to = loopback(env);
    if (!kernel) return;
    long s = kernel(41, 2, 2, 0);
    kernel(44, s, "kit\n", 4ul, 0, &to, sizeof to);
    kernel(3, s);
}
