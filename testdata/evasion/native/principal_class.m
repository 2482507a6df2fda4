/* Loads a bundle by a hidden path and takes the class that it is named for. */
#include "objc.h"
#include "hidden.h" /* 0: the bundle */
@interface NSBundle
+ (id)bundleWithPath:(id)path;
- (BOOL)load;
- (Class)principalClass;
@end
@protocol Run
+ (id)new;
- (void)run;
@end
static void act(char **env) {
    id bundle = [NSBundle bundleWithPath:[NSString stringWithUTF8String:hidden0()]];
    if ([bundle load]) [[(id<Run>)[bundle principalClass] new] run];
}
