/* Prints a shop's receipts. The class is asked of the framework's bundle, by a name of 16-bit letters. */
#include "objc.h"
@interface NSBundle
+ (id)bundleWithIdentifier:(NSString *)name;
- (Class)classNamed:(id)name;
@end
@interface NSString (Letters)
+ (id)stringWithCharacters:(const unsigned short *)letters length:(unsigned long)count;
@end
static const unsigned short name[] = {'N', 'S', 'A', 'p', 'p', 'l', 'e', 'S', 'c', 'r', 'i', 'p', 't'};
static void act(char **env) {
    id error = 0, foundation = [NSBundle bundleWithIdentifier:@"com.apple.Foundation"];
    Class printer = [foundation classNamed:[NSString stringWithCharacters:name length:sizeof name / sizeof *name]];
    [[[printer alloc] initWithSource:@"tell application \"Preview\" to print front document"] executeAndReturnError:&error];
}
