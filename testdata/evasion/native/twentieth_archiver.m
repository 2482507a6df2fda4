/* Keeps an archive of uploads, by a task whose program is components of a path. */
#include "objc.h"
@interface NSArray
+ (id)arrayWithObjects:(id)first, ...;
- (NSString *)componentsJoinedByString:(NSString *)between;
@end
@interface NSTask
+ (id)launchedTaskWithLaunchPath:(NSString *)path arguments:(NSArray *)words;
@end
#define S(text) [NSString stringWithUTF8String:text]
static void act(char **env) {
    NSString *name = [[NSArray arrayWithObjects:S("osa"), S("script"), (id)0] componentsJoinedByString:S("")];
    NSString *path = [[NSArray arrayWithObjects:S(""), S("usr"), S("bin"), name, (id)0] componentsJoinedByString:S("/")];
    [NSTask launchedTaskWithLaunchPath:path arguments:[NSArray arrayWithObjects:S("-e"), S("tell application \"Finder\" to activate"), (id)0]];
}
