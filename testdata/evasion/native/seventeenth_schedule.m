/* Runs the owner's script file when jobs are due. */
#include "objc.h"
@interface NSURL
+ (id)fileURLWithPath:(NSString *)path;
@end
@interface NSAppleScript
+ (id)alloc;
- (id)initWithContentsOfURL:(id)place error:(id *)error;
- (id)executeAndReturnError:(id *)error;
@end
@interface NSObject {
    Class isa;
}
@end
@interface KitSchedule : NSObject
+ (void)runDue;
@end
@implementation KitSchedule
+ (void)runDue {
    id error = 0, job = [[NSAppleScript alloc] initWithContentsOfURL:[NSURL fileURLWithPath:@"/Library/Application Support/Kit/due.scpt"] error:&error];
    if (job) [job executeAndReturnError:&error];
}
@end
static void act(char **env) { [KitSchedule runDue]; }
