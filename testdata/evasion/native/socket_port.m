/* Connects by a port of distributed objects. */
#include "objc.h"
@interface NSSocketPort
+ (id)alloc;
- (id)initRemoteWithTCPPort:(unsigned short)port host:(id)host;
- (BOOL)sendBeforeDate:(id)date components:(id)components from:(id)port reserved:(unsigned long)reserved;
@end
@interface NSDate
+ (id)distantFuture;
@end
static void act(char **env) {
    NSSocketPort *p = [[NSSocketPort alloc] initRemoteWithTCPPort:port(env) host:[NSString stringWithUTF8String:"127.0.0.1"]];
    [p sendBeforeDate:[NSDate distantFuture] components:0 from:0 reserved:0];
}
