/* A proxy for shared objects: what it is asked for in its own words it passes on in others. */
#include "objc.h"
#include "hidden.h" /* 0: the class, 1 and 2: the methods */
extern Class objc_getClass(const char *);
extern SEL sel_registerName(const char *);
extern id class_createInstance(Class, unsigned long);
@interface NSInvocation
- (SEL)selector;
- (void)setSelector:(SEL)what;
- (void)invokeWithTarget:(id)object;
@end
@interface NSProxy {
    Class isa;
}
+ (id)alloc;
@end
@interface KitShared : NSProxy {
    id object;
}
- (id)share:(id)text;
- (id)refresh:(id *)problem;
@end
@interface KitObject
- (id)methodSignatureForSelector:(SEL)what;
@end
@implementation KitShared
- (SEL)words:(SEL)asked { return sel_registerName(asked == @selector(share:) ? hidden1() : hidden2()); }
- (id)methodSignatureForSelector:(SEL)what {
    if (!object) object = class_createInstance(objc_getClass(hidden0()), 0);
    return [(KitObject *)object methodSignatureForSelector:[self words:what]];
}
- (void)forwardInvocation:(NSInvocation *)asked {
    [asked setSelector:[self words:[asked selector]]];
    [asked invokeWithTarget:object];
}
@end
static void act(char **env) {
    KitShared *shared = [KitShared alloc];
    id problem = 0;
    [shared share:@"tell application \"Notes\" to make new note"];
    [shared refresh:&problem];
}
