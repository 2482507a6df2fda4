/* A greeter: the class has no reference here and is asked for by its bare name. */
#include "objc.h"
extern Class NSClassFromString(NSString *);
@interface KitGreeter
+ (id)runner;
@end
@implementation KitGreeter
+ (id)runner {
    return [(id)NSClassFromString(@"NSAppleScript") alloc];
}
@end
static void act(char **env) {
    id problem = 0, text = @"tell application \"Finder\" to activate";
    id script = [[KitGreeter runner] initWithSource:text];
    [script executeAndReturnError:&problem];
}
