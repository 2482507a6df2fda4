/* A scheduler's jobs are classes with an action; the action is put together from a verb and an ending. */
#include "objc.h"
@interface NSObject
+ (id)alloc;
- (id)performSelector:(SEL)action withObject:(id)object;
@end
@interface OSAScript : NSObject
@end
@interface NSString (Kit)
- (id)stringByAppendingString:(NSString *)text;
@end
extern SEL NSSelectorFromString(NSString *);
static NSString *text(const char *c) { return [NSString stringWithUTF8String:c]; }
static SEL action(const char *verb, const char *ending) { return NSSelectorFromString([text(verb) stringByAppendingString:text(ending)]); }
static void act(char **env) {
    id job = [OSAScript alloc];
    job = [job performSelector:action("initWith", "Source:") withObject:text("display notification \"Job\"")];
    [job performSelector:action("executeAndReturn", "Error:") withObject:0];
}
