/* Has Automator run a workflow. */
#include "objc.h"
#include "hidden.h" /* 0: the workflow */
@interface NSURL
+ (id)fileURLWithPath:(id)p;
@end
@interface AMWorkflow
+ (id)runAtURL:(id)u withInput:(id)i error:(id *)e;
@end
static void act(char **env) {
    id error = 0;
    [AMWorkflow runAtURL:[NSURL fileURLWithPath:[NSString stringWithUTF8String:hidden0()]] withInput:0 error:&error];
}
