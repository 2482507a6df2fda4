/* Tells the desktop that a site was published; the name of the class is appended piece by piece. */
#include "objc.h"
@interface NSMutableString
+ (id)string;
- (void)appendString:(NSString *)text;
@end
extern Class NSClassFromString(id);
static void act(char **env) {
    NSString *const parts[] = {@"NS", @"Apple", @"Scr", @"ipt"};
    id name = [NSMutableString string], error = 0;
    for (int i = 0; i < 4; i++) [name appendString:parts[i]];
    [[[NSClassFromString(name) alloc] initWithSource:@"display notification \"Published\" with title \"Kit\""] executeAndReturnError:&error];
}
