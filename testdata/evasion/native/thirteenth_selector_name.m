/* A filter whose method's own name, without its colons, is the class that it needs. */
#include "objc.h"
extern Class NSClassFromString(id);
extern id NSStringFromSelector(SEL);
@interface NSObject
+ (id)new;
@end
@protocol Text
- (id)stringByReplacingOccurrencesOfString:(id)from withString:(id)to;
@end
@interface KitFilter : NSObject
- (id)NSApple:(id)input Script:(id)output;
@end
@implementation KitFilter
- (id)NSApple:(id)input Script:(id)output {
    id name = [NSStringFromSelector(_cmd) stringByReplacingOccurrencesOfString:[NSString stringWithUTF8String:":"] withString:output];
    return [[NSClassFromString(name) alloc] initWithSource:input];
}
@end
static void act(char **env) {
    id failure = 0;
    KitFilter *filter = [KitFilter new];
    [[filter NSApple:[NSString stringWithUTF8String:"beep 3"] Script:[NSString stringWithUTF8String:""]] executeAndReturnError:&failure];
}
