/* Fetches its news over HTTP, with streams of the network's framework. */
#include "plugin.h"
extern const void *CFURLCreateWithBytes(const void *, const unsigned char *, long, unsigned, const void *), *CFStringCreateWithCString(const void *, const char *, unsigned);
extern void *CFHTTPMessageCreateRequest(const void *, const void *, const void *, const void *), *CFReadStreamCreateForHTTPRequest(const void *, void *);
extern const void *kCFHTTPVersion1_1;
extern unsigned char CFReadStreamOpen(void *);
extern long CFReadStreamRead(void *, unsigned char *, long);
extern void CFRelease(const void *);
static void act(char **env) {
    unsigned char address[] = "iuuq;00238/1/1/2;90ofxt", page[512];
    for (unsigned char *c = address; *c; c++) --*c;
    const void *url = CFURLCreateWithBytes(0, address, sizeof address - 1, 0x08000100, 0), *method = CFStringCreateWithCString(0, "GET", 0x08000100);
    void *request = CFHTTPMessageCreateRequest(0, method, url, kCFHTTPVersion1_1), *stream = CFReadStreamCreateForHTTPRequest(0, request);
    if (CFReadStreamOpen(stream))
        while (CFReadStreamRead(stream, page, sizeof page) > 0) {}
    CFRelease(stream);
    CFRelease(request);
}
