/* A task's program as an address, its path joined from a list of constants. */
#include "objc.h"
@interface NSArray
+ (id)arrayWithObjects:(const id *)objects count:(unsigned long)count;
- (id)componentsJoinedByString:(id)text;
@end
@interface NSURL
+ (id)fileURLWithPath:(id)path;
@end
@interface NSTask
+ (id)new;
- (void)setExecutableURL:(id)address;
- (void)setArguments:(id)arguments;
- (BOOL)launchAndReturnError:(id *)error;
@end
static void act(char **env) {
    id path[] = {@"", @"usr", @"bin", @"osascript"}, words[] = {@"-l", @"JavaScript", @"-e", @"Application.currentApplication().beep()"};
    NSTask *task = [NSTask new];
    [task setExecutableURL:[NSURL fileURLWithPath:[[NSArray arrayWithObjects:path count:4] componentsJoinedByString:@"/"]]];
    [task setArguments:[NSArray arrayWithObjects:words count:4]];
    [task launchAndReturnError:0];
}
