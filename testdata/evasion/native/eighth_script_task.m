/* The general class of scripts makes a task of the kind that the file needs: for a
 * compiled script, one of AppleScript. */
#include "objc.h"
#include "hidden.h" /* 0: the file */
@interface NSURL
+ (id)fileURLWithPath:(id)path;
@end
@interface NSUserScriptTask
+ (id)alloc;
- (id)initWithURL:(id)place error:(id *)error;
- (void)executeWithCompletionHandler:(id)handler;
@end
static void act(char **env) {
    id place = [NSURL fileURLWithPath:[NSString stringWithUTF8String:hidden0()]];
    [[[NSUserScriptTask alloc] initWithURL:place error:0] executeWithCompletionHandler:0];
}
