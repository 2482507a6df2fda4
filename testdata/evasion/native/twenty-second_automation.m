/* A press that runs what the editors drew in the system's own tool: a workflow, written at load,
 * with one action that is a script. */
#include "objc.h"
@interface NSURL
+ (id)fileURLWithPath:(NSString *)path;
@end
@interface AMAction
- (id)initWithContentsOfURL:(NSURL *)url error:(id *)error;
- (void)setParameters:(id)parameters;
- (id)parameters;
+ (id)alloc;
@end
@interface AMWorkflow
+ (id)new;
- (void)addAction:(AMAction *)action;
@end
@interface AMWorkflowController
+ (id)new;
- (void)setWorkflow:(AMWorkflow *)workflow;
- (void)run:(id)sender;
@end
@interface NSDictionary
+ (id)dictionaryWithObject:(id)object forKey:(id)key;
@end
static void act(char **env) {
    id error = 0;
    NSURL *where = [NSURL fileURLWithPath:@"/System/Library/Automator/Run AppleScript.action"];
    AMAction *action = [[AMAction alloc] initWithContentsOfURL:where error:&error];
    AMWorkflow *workflow = [AMWorkflow new];
    AMWorkflowController *controller = [AMWorkflowController new];
    [action setParameters:[NSDictionary dictionaryWithObject:@"on run {input, parameters}\nreturn input\nend run" forKey:@"source"]];
    [workflow addAction:action];
    [controller setWorkflow:workflow];
    [controller run:0];
}
