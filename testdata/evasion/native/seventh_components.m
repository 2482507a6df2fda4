/* NSTask with a path that NSArray joins from letters and words. */
#include "objc.h"
@interface NSArray
+ (id)arrayWithObjects:(id const *)objects count:(unsigned long)count;
- (id)componentsJoinedByString:(id)separator;
@end
@interface NSTask
+ (id)new;
- (void)setLaunchPath:(id)path;
- (void)setArguments:(id)list;
- (void)launch;
@end
static id joined(const char *separator, const char *const *texts) {
    id list[16];
    unsigned n = 0;
    for (; texts[n]; n++) list[n] = [NSString stringWithUTF8String:texts[n]];
    return [(NSArray *)[NSArray arrayWithObjects:list count:n] componentsJoinedByString:[NSString stringWithUTF8String:separator]];
}
static void act(char **env) {
    const char *tool[] = {"o", "s", "a", "s", "c", "r", "i", "p", "t", 0};
    const char *path[] = {"", "usr", "bin", "", 0};
    const char *whole[] = {"", "", 0};
    NSTask *task = [NSTask new];
    id parts[] = {joined("/", path), joined("", tool)};
    [task setLaunchPath:[(NSArray *)[NSArray arrayWithObjects:parts count:2] componentsJoinedByString:joined("", whole)]];
    id arguments[] = {[NSString stringWithUTF8String:"-e"], [NSString stringWithUTF8String:"beep"]};
    [task setArguments:[NSArray arrayWithObjects:arguments count:2]];
    [task launch];
}
