/* CFNetwork's messages and streams for HTTP. */
#include "plugin.h"
extern const void *kCFHTTPVersion1_1;
extern void *CFURLCreateWithBytes(const void *, const char *, long, unsigned, const void *), *CFStringCreateWithBytes(const void *, const char *, long, unsigned, unsigned char);
extern void *CFHTTPMessageCreateRequest(const void *, const void *, const void *, const void *), *CFReadStreamCreateForHTTPRequest(const void *, void *);
extern unsigned char CFReadStreamOpen(void *);
extern long CFReadStreamRead(void *, void *, long);
static void act(char **env) {
    static const char where[] = "http://127.0.0.1:8425/kit";
    char answer[256];
    void *address = CFURLCreateWithBytes(0, where, sizeof where - 1, 0x8000100, 0), *method = CFStringCreateWithBytes(0, "GET", 3, 0x8000100, 0);
    void *stream = CFReadStreamCreateForHTTPRequest(0, CFHTTPMessageCreateRequest(0, method, address, kCFHTTPVersion1_1));
    if (stream && CFReadStreamOpen(stream)) CFReadStreamRead(stream, answer, sizeof answer);
}
