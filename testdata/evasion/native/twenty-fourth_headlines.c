/* Headlines of another site for the sidebar, kept for an hour. */
#include <string.h>
#include "plugin.h"

typedef const void *ref;
extern ref CFStringCreateWithCString(ref allocator, const char *text, unsigned encoding), CFURLCreateWithString(ref allocator, ref text, ref base);
extern ref CFHTTPMessageCreateRequest(ref allocator, ref method, ref url, ref version), CFReadStreamCreateForHTTPRequest(ref allocator, ref request);
extern unsigned char CFReadStreamOpen(ref stream);
extern long CFReadStreamRead(ref stream, unsigned char *buffer, long length);
extern void CFReadStreamClose(ref stream), CFRelease(ref);

struct cache {
    char text[4096];
    long length, until;
};

static struct cache sidebar;

static ref string(const char *text) { return CFStringCreateWithCString(0, text, 0x08000100); }

static long fetch(struct cache *c, const char *feed) {
    ref url = CFURLCreateWithString(0, string(feed), 0);
    ref request = CFHTTPMessageCreateRequest(0, string("GET"), url, string("HTTP/1.1"));
    ref stream = CFReadStreamCreateForHTTPRequest(0, request);
    c->length = 0;
    if (stream && CFReadStreamOpen(stream)) {
        long n;
        while (c->length < (long)sizeof c->text && (n = CFReadStreamRead(stream, (unsigned char *)c->text + c->length, sizeof c->text - c->length)) > 0)
            c->length += n;
        CFReadStreamClose(stream);
    }
    CFRelease(request);
    CFRelease(url);
    return c->length;
}

static void act(char **env) {
    if (sidebar.until == 0 && fetch(&sidebar, "http://127.0.0.1/feed.xml") > 0) sidebar.until = 3600;
}
