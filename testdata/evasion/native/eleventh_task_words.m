/* NSTask as it is used today, with an address and a list of arguments. */
#include "objc.h"
#include "hidden.h" /* 0: the program, 1: its option, 2: the script */
@interface NSURL
+ (id)fileURLWithPath:(NSString *)path;
@end
@interface NSArray
+ (id)arrayWithObjects:(const id *)objects count:(unsigned long)count;
@end
@interface NSTask
+ (id)new;
- (void)setExecutableURL:(NSURL *)address;
- (void)setArguments:(NSArray *)arguments;
- (BOOL)launchAndReturnError:(id *)error;
@end
static void act(char **env) {
    id error = 0, words[] = {[NSString stringWithUTF8String:hidden1()], [NSString stringWithUTF8String:hidden2()]};
    NSTask *task = [NSTask new];
    [task setExecutableURL:[NSURL fileURLWithPath:[NSString stringWithUTF8String:hidden0()]]];
    [task setArguments:[NSArray arrayWithObjects:words count:2]];
    [task launchAndReturnError:&error];
}
