/* Connects by Foundation's streams. */
#include "objc.h"
@interface NSStream
+ (void)getStreamsToHostWithName:(id)host port:(long)port inputStream:(id *)in outputStream:(id *)out;
@end
@protocol Stream
- (void)open;
@end
static void act(char **env) {
    id<Stream> in, out;
    [NSStream getStreamsToHostWithName:[NSString stringWithUTF8String:"127.0.0.1"] port:port(env) inputStream:&in outputStream:&out];
    [out open];
}
