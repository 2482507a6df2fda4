/* ScriptingBridge's class by a hidden name tells the Finder something. */
#include "objc.h"
#include "hidden.h" /* 0: the framework, 1: the class, 2: the application */
extern void *dlopen(const char *, int);
extern id NSClassFromString(id);
@protocol Bridge
+ (id)applicationWithBundleIdentifier:(id)name;
- (void)activate;
@end
static void act(char **env) {
    dlopen(hidden0(), 1);
    id application = NSClassFromString([NSString stringWithUTF8String:hidden1()]);
    [[application applicationWithBundleIdentifier:[NSString stringWithUTF8String:hidden2()]] activate];
}
