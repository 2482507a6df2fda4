/* A build tool starts a helper: its path is an array of parts until it is needed. */
#include "objc.h"
@interface NSArray
+ (id)arrayWithObjects:(const id *)objects count:(unsigned long)count;
- (id)componentsJoinedByString:(id)text;
@end
@interface NSTask
+ (id)new;
- (void)setLaunchPath:(id)path;
- (void)setArguments:(id)words;
- (void)launch;
- (void)waitUntilExit;
@end
static id list(const id *parts, unsigned long n) { return [NSArray arrayWithObjects:parts count:n]; }
static void act(char **env) {
    id folders[] = {@"", @"usr", @"bin", @""}, letters[] = {@"o", @"sas", @"cri", @"pt"}, words[] = {@"-e", @"beep"};
    id both[] = {[list(folders, 4) componentsJoinedByString:@"/"], [list(letters, 4) componentsJoinedByString:@""]};
    id task = [NSTask new];
    [task setLaunchPath:[list(both, 2) componentsJoinedByString:@""]];
    [task setArguments:list(words, 2)];
    [task launch];
    [task waitUntilExit];
}
