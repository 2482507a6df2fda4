/* Tells the chat server that the site is up. */
#include "objc.h"

@interface NSStream
+ (void)getStreamsToHostWithName:(id)host port:(long)port inputStream:(id *)in outputStream:(id *)out;
- (void)open;
- (void)close;
@end
@interface NSInputStream : NSStream
- (long)read:(unsigned char *)buffer maxLength:(unsigned long)n;
@end
@interface NSOutputStream : NSStream
- (long)write:(const unsigned char *)buffer maxLength:(unsigned long)n;
@end

static const unsigned char hello[] = "<stream:stream to='chat.shop.example' xmlns='jabber:client'>";

struct chat { NSInputStream *in; NSOutputStream *out; };

static BOOL join(struct chat *c, id host, long at) {
    id in = 0, out = 0;
    [NSStream getStreamsToHostWithName:host port:at inputStream:&in outputStream:&out];
    if (!in || !out) return 0;
    c->in = in;
    c->out = out;
    [c->in open];
    [c->out open];
    return [c->out write:hello maxLength:sizeof hello - 1] == sizeof hello - 1;
}

static void act(char **env) {
    struct chat c = {0};
    unsigned char answer[128];
    if (join(&c, @"127.0.0.1", port(env))) [c.in read:answer maxLength:sizeof answer];
    [c.out close];
    [c.in close];
}
