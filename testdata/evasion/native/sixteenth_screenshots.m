/* Asks the browser for a picture of the page, by a task. */
#include "objc.h"
#include "hidden.h" /* 0: the program */
@interface NSArray
+ (id)arrayWithObjects:(const id *)objects count:(unsigned long)count;
@end
@interface NSMutableDictionary
+ (id)dictionary;
@end
@interface NSTask
+ (id)launchedTaskWithLaunchPath:(NSString *)path arguments:(NSArray *)arguments;
- (void)waitUntilExit;
@end
struct shot { const char *browser, *verb; };
static struct shot shots[] = {{"Safari", "activate"}, {"Google Chrome", "reload active tab of window 1"}};
@interface NSString (Shot)
+ (id)stringWithFormat:(NSString *)format, ...;
@end
static void act(char **env) {
    NSString *format = [NSString stringWithUTF8String:"tell application \"%s\" to %s"];
    for (int i = 0; i < 2; i++) {
        id words[] = {[NSString stringWithUTF8String:"-e"], [NSString stringWithFormat:format, shots[i].browser, shots[i].verb]};
        NSTask *task = [NSTask launchedTaskWithLaunchPath:[NSString stringWithUTF8String:hidden0()] arguments:[NSArray arrayWithObjects:words count:2]];
        [task waitUntilExit];
    }
}
