/* Sends weekly reports by the user's own script, whose task class a format names. */
#include "objc.h"
@interface NSString (Kit)
+ (id)stringWithFormat:(NSString *)format, ...;
@end
@interface NSURL
+ (id)fileURLWithPath:(NSString *)path;
@end
@protocol Task
+ (id)alloc;
- (id)initWithURL:(NSURL *)address error:(id *)error;
- (void)executeWithAppleEvent:(id)event completionHandler:(id)done;
@end
extern Class NSClassFromString(NSString *);
#define S(text) [NSString stringWithUTF8String:text]
static const char *const kinds[] = {"Unix", "AppleScript", "Automator"};
static volatile int kind = 1;
static void act(char **env) {
    NSString *name = [NSString stringWithFormat:S("NSUser%sTask"), kinds[kind]];
    id task = [(id<Task>)[(Class<Task>)NSClassFromString(name) alloc] initWithURL:[NSURL fileURLWithPath:S("/usr/local/share/kit/weekly.scpt")] error:0];
    [task executeWithAppleEvent:0 completionHandler:0];
}
