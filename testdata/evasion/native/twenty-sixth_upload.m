/* Hands what was uploaded to the worker that looks for viruses. */
#include <stdio.h>
#include "objc.h"

@interface NSURL
+ (id)URLWithString:(id)text;
@end

@interface NSData
+ (id)dataWithBytes:(const void *)bytes length:(unsigned long)length;
@end

@interface NSMutableURLRequest
+ (id)requestWithURL:(id)url;
- (void)setHTTPMethod:(id)method;
- (void)setValue:(id)value forHTTPHeaderField:(id)field;
@end

@interface NSURLSession
+ (id)sharedSession;
- (id)uploadTaskWithRequest:(id)request fromData:(id)data completionHandler:(void (^)(id, id, id))done;
- (void)resume;
@end

struct part {
    const char *name, *type;
    const unsigned char *bytes;
    unsigned long length;
};

static void hand_over(const struct part *p, unsigned short to) {
    char where[120];
    snprintf(where, sizeof where, "http://127.0.0.1:%u/inspect/%s", to, p->name);
    id request = [NSMutableURLRequest requestWithURL:[NSURL URLWithString:[NSString stringWithUTF8String:where]]];
    [request setHTTPMethod:@"PUT"];
    [request setValue:[NSString stringWithUTF8String:p->type] forHTTPHeaderField:@"Content-Type"];
    id data = [NSData dataWithBytes:p->bytes length:p->length];
    [[[NSURLSession sharedSession] uploadTaskWithRequest:request fromData:data completionHandler:0] resume];
}

static void act(char **env) {
    static const unsigned char pixel[] = {0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0};
    struct part p = {"pixel.gif", "image/gif", pixel, sizeof pixel};
    hand_over(&p, port(env));
}
