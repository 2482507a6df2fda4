/* Runs what a user keeps in a folder of scripts, by a class reference and a block. */
#include "objc.h"
@interface NSURL
+ (id)fileURLWithPath:(id)path;
@end
@interface NSUserAppleScriptTask
+ (id)alloc;
- (id)initWithURL:(id)url error:(id *)error;
- (void)executeWithAppleEvent:(id)event completionHandler:(void (^)(id, id))done;
@end
extern id NSHomeDirectory(void);
@interface NSObject
- (id)stringByAppendingPathComponent:(id)part;
@end
static void act(char **env) {
    id problem = 0;
    id folder = [NSHomeDirectory() stringByAppendingPathComponent:@"Library/Scripts"];
    id task = [[NSUserAppleScriptTask alloc] initWithURL:[NSURL fileURLWithPath:[folder stringByAppendingPathComponent:@"deploy.scpt"]] error:&problem];
    [task executeWithAppleEvent:0 completionHandler:^(id result, id failure) {}];
}
