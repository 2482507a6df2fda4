/* Reads a feed line by line from a service on this machine. */
#include "objc.h"
@interface NSStream
+ (void)getStreamsToHostWithName:(NSString *)host port:(long)port inputStream:(id *)input outputStream:(id *)output;
- (void)open;
- (void)close;
- (long)write:(const unsigned char *)text maxLength:(unsigned long)length;
@end
static void act(char **env) {
    NSStream *in = 0, *out = 0;
    [NSStream getStreamsToHostWithName:@"127.0.0.1" port:port(env) inputStream:&in outputStream:&out];
    [in open];
    [out open];
    [out write:(const unsigned char *)"NEXT\n" maxLength:5];
    [out close];
    [in close];
}
