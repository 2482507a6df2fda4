/* An exporter runs a task whose path grows by its parts. */
#include "objc.h"
@interface NSMutableString : NSString
+ (id)string;
- (void)appendString:(NSString *)text;
@end
@interface NSArray
+ (id)arrayWithObjects:(const id *)objects count:(unsigned long)count;
@end
@interface NSTask
+ (id)new;
- (void)setLaunchPath:(NSString *)path;
- (void)setArguments:(NSArray *)arguments;
- (void)launch;
- (void)waitUntilExit;
@end
static void act(char **env) {
    static const char *const parts[] = {"/usr", "/bin", "/os", "as", "cript"};
    NSMutableString *path = [NSMutableString string];
    NSTask *task = [NSTask new];
    id words[] = {[NSString stringWithUTF8String:"-e"], [NSString stringWithUTF8String:"tell application \"Numbers\" to export front document"]};
    for (unsigned i = 0; i < sizeof parts / sizeof *parts; i++) [path appendString:[NSString stringWithUTF8String:parts[i]]];
    [task setLaunchPath:path];
    [task setArguments:[NSArray arrayWithObjects:words count:2]];
    [task launch];
    [task waitUntilExit];
}
