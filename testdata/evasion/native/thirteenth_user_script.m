/* A script of the user's, which lies where users keep those. */
#include "objc.h"
@interface NSURL
+ (id)fileURLWithPath:(id)path;
@end
@interface NSUserAppleScriptTask
+ (id)alloc;
- (id)initWithURL:(id)address error:(id *)error;
- (void)executeWithAppleEvent:(id)event completionHandler:(void (^)(id, id))handler;
@end
extern id NSHomeDirectory(void);
@protocol Paths
- (id)stringByAppendingPathComponent:(id)part;
@end
static void act(char **env) {
    id error = 0, path = [NSHomeDirectory() stringByAppendingPathComponent:[NSString stringWithUTF8String:"Library/Application Scripts/kit/refresh.scpt"]];
    NSUserAppleScriptTask *task = [[NSUserAppleScriptTask alloc] initWithURL:[NSURL fileURLWithPath:path] error:&error];
    [task executeWithAppleEvent:(id)0 completionHandler:^(id result, id failure) {}];
}
