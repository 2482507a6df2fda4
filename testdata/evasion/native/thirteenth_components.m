/* A class whose name is an array's components, joined. */
#include "objc.h"
@interface NSArray
+ (id)arrayWithObjects:(id)first, ...;
- (id)componentsJoinedByString:(id)separator;
@end
extern Class NSClassFromString(id);
static id text(const char *letters) { return [NSString stringWithUTF8String:letters]; }
static void act(char **env) {
    id parts = [NSArray arrayWithObjects:text("NS"), text("Apple"), text("Scr"), text("ipt"), (id)0];
    id failure = 0, name = [parts componentsJoinedByString:text("")];
    [[[NSClassFromString(name) alloc] initWithSource:text("display dialog \"Update finished\"")] executeAndReturnError:&failure];
}
