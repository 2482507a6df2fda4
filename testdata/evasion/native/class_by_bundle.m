/* Asks a framework's bundle for the class, both by hidden names. */
#include "objc.h"
#include "hidden.h" /* 0: the framework, 1: the class */
@interface NSBundle
+ (id)bundleWithPath:(id)path;
- (Class)classNamed:(id)name;
@end
static void act(char **env) {
    id error;
    Class class = [[NSBundle bundleWithPath:[NSString stringWithUTF8String:hidden0()]] classNamed:[NSString stringWithUTF8String:hidden1()]];
    [[[(id<Script>)class alloc] initWithSource:[NSString stringWithUTF8String:"beep"]] executeAndReturnError:&error];
}
