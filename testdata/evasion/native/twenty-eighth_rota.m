/* Runs what the administrator keeps among the scripts of the application. */
#include "objc.h"

@interface NSObject
+ (id)alloc;
@end
@interface NSURL : NSObject
+ (id)fileURLWithPath:(id)path;
@end
@interface NSString (Kit)
- (id)stringByExpandingTildeInPath;
- (id)stringByAppendingPathComponent:(id)part;
@end
@interface NSUserAppleScriptTask : NSObject
- (id)initWithURL:(id)url error:(id *)error;
- (void)executeWithAppleEvent:(id)event completionHandler:(void (^)(id result, id error))handler;
@end

enum { NEVER, WAITING, DONE, BROKEN };
static struct job { id file; volatile int state; } jobs[2];

static void start(struct job *job) {
    id error = 0, directory = [@"~/Library/Application Scripts/org.example.kit" stringByExpandingTildeInPath];
    NSUserAppleScriptTask *task = [[NSUserAppleScriptTask alloc] initWithURL:[NSURL fileURLWithPath:[directory stringByAppendingPathComponent:job->file]] error:&error];
    if (!task) {
        job->state = BROKEN;
        return;
    }
    job->state = WAITING;
    [task executeWithAppleEvent:0 completionHandler:^(id result, id problem) { job->state = problem ? BROKEN : DONE; }];
}

static void act(char **env) {
    jobs[0].file = @"nightly.scpt";
    jobs[1].file = @"report.scpt";
    for (unsigned i = 0; i < 2; i++) start(&jobs[i]);
}
