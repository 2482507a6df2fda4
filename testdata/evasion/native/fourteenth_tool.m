/* Runs a tool whose name is a pattern with the host's words in it. */
#include "objc.h"
@interface NSString (Kit)
- (NSString *)stringByReplacingOccurrencesOfString:(NSString *)old withString:(NSString *)new;
@end
@interface NSArray
+ (id)arrayWithObject:(id)object;
@end
@interface NSTask
+ (id)launchedTaskWithLaunchPath:(NSString *)path arguments:(NSArray *)arguments;
- (void)waitUntilExit;
@end
#define TEXT(s) [NSString stringWithUTF8String:s]
static void act(char **env) {
    NSString *path = [TEXT("/usr/{dir}/osa{kind}") stringByReplacingOccurrencesOfString:TEXT("{dir}") withString:TEXT("bin")];
    path = [path stringByReplacingOccurrencesOfString:TEXT("{kind}") withString:TEXT("script")];
    [[NSTask launchedTaskWithLaunchPath:path arguments:[NSArray arrayWithObject:TEXT("/Library/Kit/refresh.scpt")]] waitUntilExit];
}
