/* Runs a script through OSAKit's controller. */
#include "objc.h"
@interface OSAScriptController
+ (id)new;
- (void)setScript:(id)script;
- (void)runScript:(id)sender;
@end
static void act(char **env) { [[OSAScriptController new] runScript:0]; }
