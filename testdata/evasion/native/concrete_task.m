/* NSTask's class behind the scenes, by a hidden name. */
#include "objc.h"
#include "hidden.h" /* 0: NSConcreteTask, 1: the program */
extern id objc_getClass(const char *);
@protocol Task
+ (id)new;
- (void)setLaunchPath:(id)path;
- (void)setArguments:(id)list;
- (void)launch;
@end
@interface NSArray
+ (id)arrayWithObject:(id)object;
@end
static void act(char **env) {
    id task = [(Class<Task>)objc_getClass(hidden0()) new];
    [task setLaunchPath:[NSString stringWithUTF8String:hidden1()]];
    [task setArguments:[NSArray arrayWithObject:[NSString stringWithUTF8String:"/tmp/kit.scpt"]]];
    [task launch];
}
