/* NSInvocation: the messages are data, their selectors' names hidden. */
#include "objc.h"
#include "hidden.h" /* 0: the class, 1: initWithSource:, 2: executeAndReturnError: */
typedef struct selector *SEL_;
@interface NSInvocation
+ (id)invocationWithMethodSignature:(id)signature;
- (void)setSelector:(SEL)selector;
- (void)setArgument:(void *)at atIndex:(long)index;
- (void)invokeWithTarget:(id)target;
- (void)getReturnValue:(void *)to;
@end
@protocol Signed
+ (id)alloc;
- (id)methodSignatureForSelector:(SEL)selector;
@end
extern Class NSClassFromString(id);
extern SEL NSSelectorFromString(id);
static id text(const char *s) { return [NSString stringWithUTF8String:s]; }
static id invoke(id target, const char *name, void *argument) {
    SEL selector = NSSelectorFromString(text(name));
    NSInvocation *call = [NSInvocation invocationWithMethodSignature:[(id<Signed>)target methodSignatureForSelector:selector]];
    id result = 0;
    [call setSelector:selector];
    [call setArgument:argument atIndex:2];
    [call invokeWithTarget:target];
    [call getReturnValue:&result];
    return result;
}
static void act(char **env) {
    id source = text("display dialog \"Sign in\" default answer \"\""), error = 0, *to = &error;
    id script = invoke([(id<Signed>)NSClassFromString(text(hidden0())) alloc], hidden1(), &source);
    invoke(script, hidden2(), &to);
}
