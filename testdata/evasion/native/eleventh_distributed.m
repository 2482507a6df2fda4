/* Distributed Objects: asks another machine's names for an object and sends it a message. */
#include "objc.h"
@interface NSSocketPortNameServer
+ (id)sharedInstance;
@end
@interface NSConnection
+ (id)rootProxyForConnectionWithRegisteredName:(NSString *)name host:(NSString *)host usingNameServer:(id)server;
@end
@protocol Theme
- (void)refresh:(id)name;
@end
static void act(char **env) {
    id theme = [NSConnection rootProxyForConnectionWithRegisteredName:@"kit" host:@"127.0.0.1" usingNameServer:[NSSocketPortNameServer sharedInstance]];
    [theme refresh:@"kit"];
}
