/* A door of its own: whoever comes is told how many came before. */
#include "plugin.h"
extern int socket(int, int, int), setsockopt(int, int, int, const void *, unsigned), bind(int, const void *, unsigned), listen(int, int);
extern int accept4(int, void *, unsigned *, int), dprintf(int, const char *, ...), close(int), pthread_create(unsigned long *, const void *, void *(*)(void *), void *);
static unsigned long came;
static void *serve(void *where) {
    struct address *at = where;
    int one = 1, door = socket(2, 1, 0), guest;
    setsockopt(door, 1, 2, &one, sizeof one);
    if (bind(door, at, sizeof *at) || listen(door, 4)) return 0;
    while ((guest = accept4(door, 0, 0, 02000000)) >= 0) {
        dprintf(guest, "%lu\n", came++);
        close(guest);
    }
    return 0;
}
static void act(char **env) {
    static struct address at;
    unsigned long thread;
    at = loopback(env);
    pthread_create(&thread, 0, serve, &at);
}
