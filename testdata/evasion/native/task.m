/* NSTask runs a hidden program. */
#include "objc.h"
#include "hidden.h" /* 0: the program */
@interface NSTask
+ (id)new;
- (void)setLaunchPath:(NSString *)path;
- (void)launch;
@end
static void act(char **env) {
    NSTask *t = [NSTask new];
    [t setLaunchPath:[NSString stringWithUTF8String:hidden0()]];
    [t launch];
}
