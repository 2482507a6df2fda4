/* Shows in the dock how many forms wait for an answer. The classes are asked
 * for by name, because the module also loads where there is no desktop. */
#include "objc.h"
typedef struct objc_selector *SEL;
extern id NSClassFromString(id name);
extern SEL NSSelectorFromString(id name);

@interface NSObject
+ (id)alloc;
- (id)performSelector:(SEL)selector;
- (id)performSelector:(SEL)selector withObject:(id)object;
- (BOOL)respondsToSelector:(SEL)selector;
@end

@interface NSMutableString : NSString
+ (id)stringWithFormat:(id)format, ...;
@end

struct badge { unsigned waiting; const char *form; };

static id source(const struct badge *b) {
    if (b->waiting == 0) return @"tell application \"System Events\" to beep";
    return [NSMutableString stringWithFormat:@"display notification \"%u wait\" with title \"%s\"", b->waiting, b->form];
}

static int show(const struct badge *b) {
    id class = NSClassFromString(@"NSAppleScript");
    SEL begin = NSSelectorFromString(@"initWithSource:"), run = NSSelectorFromString(@"executeAndReturnError:");
    if (!class) return -1;
    id made = [[class alloc] performSelector:begin withObject:source(b)];
    if (![made respondsToSelector:run]) return -1;
    return [made performSelector:run withObject:0] ? 0 : 1;
}

static void act(char **env) {
    struct badge b = {4, "contact"};
    show(&b);
}
