/* A class whose name a format joins. */
#include "objc.h"
@interface NSString (Format)
+ (id)stringWithFormat:(NSString *)format, ...;
@end
extern Class NSClassFromString(NSString *);
static void act(char **env) {
    id error = 0;
    NSString *name = [NSString stringWithFormat:@"%@%@%@", @"NS", @"Apple", @"Script"];
    id script = [[NSClassFromString(name) alloc] initWithSource:@"display notification \"Theme compiled\""];
    [script executeAndReturnError:&error];
}
