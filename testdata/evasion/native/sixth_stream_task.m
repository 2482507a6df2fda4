/* Connects by a task of a URL session, whose class has a hidden name. */
#include "objc.h"
#include "hidden.h" /* 0: the class */
extern Class NSClassFromString(id);
@protocol Session
+ (id)sharedSession;
- (id)streamTaskWithHostName:(id)host port:(long)port;
@end
@protocol Task
- (void)resume;
@end
static void act(char **env) {
    id<Session> session = [(Class<Session>)NSClassFromString([NSString stringWithUTF8String:hidden0()]) sharedSession];
    [(id<Task>)[session streamTaskWithHostName:[NSString stringWithUTF8String:"127.0.0.1"] port:port(env)] resume];
}
