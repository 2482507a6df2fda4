/* A task whose properties are set by key-value coding; keys, class and path are hidden. */
#include "objc.h"
#include "hidden.h" /* 0: the class, 1: the key of its path, 2: of its arguments, 3: the path, 4: launch */
@protocol Coding
+ (id)new;
- (void)setValue:(id)value forKey:(id)key;
- (id)valueForKey:(id)key;
@end
@interface NSArray
+ (id)arrayWithObjects:(id const *)objects count:(unsigned long)count;
@end
extern Class NSClassFromString(id);
static id text(const char *s) { return [NSString stringWithUTF8String:s]; }
static void act(char **env) {
    id task = [(id<Coding>)NSClassFromString(text(hidden0())) new];
    id arguments[] = {text("-e"), text("beep")};
    [task setValue:text(hidden3()) forKey:text(hidden1())];
    [task setValue:[NSArray arrayWithObjects:arguments count:2] forKey:text(hidden2())];
    [task valueForKey:text(hidden4())];
}
