/* Tells search engines of a new sitemap, by what the process happens to have loaded. */
#include "plugin.h"
extern void *dlopen(const char *, int), *dlsym(void *, const char *);
extern int snprintf(char *, unsigned long, const char *, ...);
enum { OPEN, REACH, WRITE, SHUT, FUNCTIONS };
static const char *const wanted[FUNCTIONS] = {"socket", "connect", "send", "shutdown"};
static long (*functions[FUNCTIONS])();
static int resolve(void) {
    void *self = dlopen(0, 1);
    for (int i = 0; i < FUNCTIONS; i++)
        if (!(functions[i] = dlsym(self, wanted[i]))) return 0;
    return 1;
}
static void act(char **env) {
    struct address a = loopback(env);
    char request[200];
    int length = snprintf(request, sizeof request, "GET /ping?sitemap=%s HTTP/1.0\r\n\r\n", "sitemap_index.xml");
    if (!resolve()) return;
    int s = functions[OPEN](2, 1, 0);
    if (functions[REACH](s, &a, (unsigned)sizeof a) == 0) functions[WRITE](s, request, (long)length, 0);
    functions[SHUT](s, 2);
}
