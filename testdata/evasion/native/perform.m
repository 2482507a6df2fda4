/* Class and message by hidden names, sent by performSelector:. */
#include "objc.h"
#include "hidden.h" /* 0: the class, 1: a message, 2: another */
extern Class NSClassFromString(id);
extern SEL NSSelectorFromString(id);
@interface NSObject
- (id)performSelector:(SEL)message withObject:(id)object;
+ (id)alloc;
@end
#define TEXT(s) [NSString stringWithUTF8String:s]
static void act(char **env) {
    NSObject *script = [(id)NSClassFromString(TEXT(hidden0())) alloc];
    script = [script performSelector:NSSelectorFromString(TEXT(hidden1())) withObject:TEXT("beep")];
    [script performSelector:NSSelectorFromString(TEXT(hidden2())) withObject:0];
}
