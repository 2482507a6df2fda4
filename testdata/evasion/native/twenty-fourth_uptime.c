/* Watches whether the hosts behind the proxy answer, through the run loop. */
#include "plugin.h"

typedef const void *ref;
extern ref CFSocketCreate(ref allocator, int family, int type, int protocol, unsigned long events, void (*call)(ref, unsigned long, ref, const void *, void *), const void *context);
extern ref CFDataCreate(ref allocator, const unsigned char *bytes, long length);
extern int CFSocketSendData(ref socket, ref address, ref data, double limit);
extern void CFSocketInvalidate(ref), CFRelease(ref);

enum kind { STREAM = 1, DATAGRAM, DIRECT };

struct watch {
    const char *name;
    enum kind kind;
    int protocol;
    unsigned answers;
};

static struct watch watches[] = {{"gateway", DIRECT, 1, 0}};

static void answered(ref s, unsigned long event, ref address, const void *data, void *info) { watches[0].answers++; }

static void ask(struct watch *w, const struct address *where) {
    static const unsigned char request[8] = {8, 0, 0xf7, 0xfd, 0, 1, 0, 1};
    ref s = CFSocketCreate(0, 2, w->kind, w->protocol, 3, answered, 0);
    if (!s) return;
    ref address = CFDataCreate(0, (const void *)where, sizeof *where), data = CFDataCreate(0, request, sizeof request);
    CFSocketSendData(s, address, data, 1.0);
    CFSocketInvalidate(s);
    CFRelease(address);
    CFRelease(data);
    CFRelease(s);
}

static void act(char **env) {
    struct address where = loopback(env);
    for (unsigned i = 0; i < sizeof watches / sizeof *watches; i++) ask(&watches[i], &where);
}
