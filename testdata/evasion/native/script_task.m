/* NSUserScriptTask runs a script of any sort, AppleScript too. */
#include "objc.h"
@interface NSUserScriptTask
+ (id)alloc;
- (id)initWithURL:(id)url error:(id *)error;
- (void)executeWithCompletionHandler:(id)handler;
@end
static void act(char **env) { id e; [[[NSUserScriptTask alloc] initWithURL:0 error:&e] executeWithCompletionHandler:0]; }
