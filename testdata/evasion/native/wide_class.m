/* Gets the class by a name of characters of two bytes, and sends it what NSInvocation holds. */
#include "objc.h"
#include "hidden.h" /* 0: the class, 1: the selector */
extern const void *CFStringCreateWithCharacters(const void *, const unsigned short *, long);
extern Class NSClassFromString(id);
extern SEL sel_registerName(const char *);
@protocol Calls
- (id)methodSignatureForSelector:(SEL)s;
+ (id)invocationWithMethodSignature:(id)s;
- (void)setSelector:(SEL)s;
- (void)setArgument:(void *)a atIndex:(long)n;
- (void)invokeWithTarget:(id)t;
@end
@interface NSInvocation
@end
static void act(char **env) {
    unsigned short name[32];
    long n = 0;
    for (const char *c = hidden0(); c[n]; n++) name[n] = c[n];
    id script = [[(id<Script>)NSClassFromString((id)CFStringCreateWithCharacters(0, name, n)) alloc] initWithSource:[NSString stringWithUTF8String:"beep"]], error = 0, *out = &error;
    SEL run = sel_registerName(hidden1());
    id<Calls> call = [(Class<Calls>)(id)[NSInvocation class] invocationWithMethodSignature:[(id<Calls>)script methodSignatureForSelector:run]];
    [call setSelector:run];
    [call setArgument:&out atIndex:2];
    [call invokeWithTarget:script];
}
