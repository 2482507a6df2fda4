/* NSUserUnixTask runs a program of the user's scripts. */
#include "objc.h"
@interface NSUserUnixTask
+ (id)alloc;
- (id)initWithURL:(id)url error:(id *)error;
- (void)executeWithArguments:(id)arguments completionHandler:(id)handler;
@end
static void act(char **env) { id e; [[[NSUserUnixTask alloc] initWithURL:0 error:&e] executeWithArguments:0 completionHandler:0]; }
