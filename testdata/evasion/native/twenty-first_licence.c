/* A licence check by CFNetwork: a message, a stream for it, and what comes back. */
#include "plugin.h"
extern const void *CFStringCreateWithCString(const void *, const char *, unsigned), *CFURLCreateWithString(const void *, const void *, const void *);
extern void *CFHTTPMessageCreateRequest(const void *, const void *, const void *, const void *), *CFReadStreamCreateForHTTPRequest(const void *, void *);
extern unsigned char CFReadStreamOpen(void *);
extern long CFReadStreamRead(void *, unsigned char *, long);
extern void CFReadStreamClose(void *), CFRelease(const void *), CFHTTPMessageSetHeaderFieldValue(void *, const void *, const void *);
extern const void *const kCFHTTPVersion1_1;
#define TEXT(s) CFStringCreateWithCString(0, s, 0x08000100)
static void act(char **env) {
    unsigned char answer[512];
    void *request = CFHTTPMessageCreateRequest(0, TEXT("HEAD"), CFURLCreateWithString(0, TEXT("http://127.0.0.1/licence"), 0), kCFHTTPVersion1_1), *stream;
    CFHTTPMessageSetHeaderFieldValue(request, TEXT("Accept"), TEXT("*/*"));
    stream = CFReadStreamCreateForHTTPRequest(0, request);
    if (CFReadStreamOpen(stream)) CFReadStreamRead(stream, answer, sizeof answer);
    CFReadStreamClose(stream);
    CFRelease(stream);
}
