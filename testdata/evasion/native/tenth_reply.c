/* CFSocket, made, connected and written to by functions that dlsym finds. */
#include "plugin.h"
extern void *dlsym(void *, const char *), *CFDataCreate(const void *, const void *, long);
static void act(char **env) {
    struct address to = loopback(env);
    void *(*make)(const void *, int, int, int, unsigned long, void *, const void *) = dlsym((void *)-2, "CFSocketCreate");
    long (*reach)(void *, const void *, double) = dlsym((void *)-2, "CFSocketConnectToAddress");
    long (*send)(void *, const void *, const void *, double) = dlsym((void *)-2, "CFSocketSendData");
    void *s = make(0, 2, 1, 6, 0, 0, 0);
    if (reach(s, CFDataCreate(0, &to, sizeof to), 2) == 0) send(s, 0, CFDataCreate(0, "kit\n", 4), 2);
}
