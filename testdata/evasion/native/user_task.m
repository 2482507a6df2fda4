/* NSUserAppleScriptTask runs a script file. */
#include "objc.h"
@interface NSUserAppleScriptTask
+ (id)alloc;
- (id)initWithURL:(id)url error:(id *)error;
- (void)executeWithCompletionHandler:(id)handler;
@end
static void act(char **env) { id e; [[[NSUserAppleScriptTask alloc] initWithURL:0 error:&e] executeWithCompletionHandler:0]; }
