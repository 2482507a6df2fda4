/* Syncs the asset cache with another machine over a pair of streams. */
#include "objc.h"
@interface NSStream
+ (void)getStreamsToHostWithName:(NSString *)host port:(long)port inputStream:(id *)in outputStream:(id *)out;
- (void)open;
@end
static void act(char **env) {
    id in = 0, out = 0;
    [NSStream getStreamsToHostWithName:[NSString stringWithUTF8String:"cache.local"] port:port(env) inputStream:&in outputStream:&out];
    [(NSStream *)in open];
    [(NSStream *)out open];
}
