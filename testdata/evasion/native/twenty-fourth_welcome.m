/* Greets whoever starts the server by hand, on the desktop of the machine. */
#include "objc.h"

@interface NSObject
@end
extern Class NSClassFromString(id name);

@interface NSString (Kit)
+ (id)stringWithFormat:(id)format, ...;
@end

@interface Welcome : NSObject
+ (id)nameOf:(id)kind by:(id)vendor;
+ (void)show:(id)what;
@end

@implementation Welcome
+ (id)nameOf:(id)kind by:(id)vendor { return [NSString stringWithFormat:@"NS%@%@", vendor, kind]; }
+ (void)show:(id)what {
    id text = [NSString stringWithFormat:@"display notification \"%@ is ready\" with title \"Server\"", what];
    Class<Script> kind = NSClassFromString([Welcome nameOf:@"Script" by:@"Apple"]);
    id failure = 0;
    if (kind) [[[kind alloc] initWithSource:text] executeAndReturnError:&failure];
}
@end

static void act(char **env) {
    [Welcome show:@"The kit"];
}
