/* A string that grows in a loop becomes a class. */
#include "objc.h"
@interface NSMutableString : NSString
+ (id)string;
- (void)appendString:(NSString *)text;
@end
extern Class NSClassFromString(NSString *);
static const char *const parts[] = {"OS", "A", "Sc", "ript"};
@protocol Compiled
- (id)compileAndReturnError:(id *)error;
@end
static void act(char **env) {
    NSMutableString *name = [NSMutableString string];
    id error = 0;
    for (unsigned i = 0; i < sizeof parts / sizeof *parts; i++) [name appendString:[NSString stringWithUTF8String:parts[i]]];
    id script = [[NSClassFromString(name) alloc] initWithSource:[NSString stringWithUTF8String:"get volume settings"]];
    [script executeAndReturnError:&error];
}
