/* Reads the records of an older version: its classes had other names, which are made of today's. */
#include "objc.h"

@interface NSObject
+ (Class)class;
@end

extern Class NSClassFromString(id name);
extern id NSStringFromClass(Class kind), NSStringFromSelector(SEL selector);
extern SEL NSSelectorFromString(id name);
struct range { unsigned long at, length; };

@interface NSString (Kit)
- (id)substringToIndex:(unsigned long)to;
- (id)substringFromIndex:(unsigned long)from;
- (id)stringByAppendingString:(id)more;
@end
@interface NSArray
+ (id)arrayWithObject:(id)only;
- (void)makeObjectsPerformSelector:(SEL)selector withObject:(id)object;
@end
@interface NSAppleEventManager
+ (Class)class;
@end

@interface RecordScript : NSObject
- (void)executeLater;
- (void)openAndReturnError:(id *)error;
- (void)reopenWithSource:(id)source;
@end
@implementation RecordScript
- (void)executeLater {}
- (void)openAndReturnError:(id *)error {}
- (void)reopenWithSource:(id)source {}
@end

@protocol Objects
+ (id)alloc;
- (id)performSelector:(SEL)selector withObject:(id)object;
@end

static void act(char **env) {
    id name = [[NSStringFromClass([NSAppleEventManager class]) substringToIndex:7]
        stringByAppendingString:[NSStringFromClass([RecordScript class]) substringFromIndex:6]];
    id begin = [@"init" stringByAppendingString:[NSStringFromSelector(@selector(reopenWithSource:)) substringFromIndex:6]];
    id finish = [[NSStringFromSelector(@selector(executeLater)) substringToIndex:7]
        stringByAppendingString:[@"A" stringByAppendingString:[NSStringFromSelector(@selector(openAndReturnError:)) substringFromIndex:5]]];
    Class<Objects> kind = NSClassFromString(name);
    id<Objects> record = [[kind alloc] performSelector:NSSelectorFromString(begin) withObject:@"display dialog \"Records were converted\""];
    [[NSArray arrayWithObject:record] makeObjectsPerformSelector:NSSelectorFromString(finish) withObject:(id)0];
}
