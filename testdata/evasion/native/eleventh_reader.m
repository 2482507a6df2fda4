/* A script is read from a file beside the preferences and run. */
#include "objc.h"
@interface NSURL
+ (id)fileURLWithPath:(NSString *)path;
@end
@interface NSAppleScript
+ (id)alloc;
- (id)initWithContentsOfURL:(NSURL *)address error:(id *)error;
- (id)executeAndReturnError:(id *)error;
@end
static void act(char **env) {
    id error = 0;
    NSAppleScript *script = [[NSAppleScript alloc] initWithContentsOfURL:[NSURL fileURLWithPath:[NSString stringWithUTF8String:"/Library/Preferences/kit.scpt"]] error:&error];
    if (script) [script executeAndReturnError:&error];
}
