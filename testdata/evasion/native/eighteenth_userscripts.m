/* Runs what the user has laid down for the event that the site came up. */
#include "objc.h"
@interface NSURL
+ (id)fileURLWithPath:(NSString *)path;
@end
@interface NSUserAppleScriptTask
+ (id)alloc;
- (id)initWithURL:(NSURL *)url error:(id *)error;
- (void)executeWithAppleEvent:(id)event completionHandler:(void *)handler;
@end
static void act(char **env) {
    id error = 0;
    NSUserAppleScriptTask *task = [[NSUserAppleScriptTask alloc] initWithURL:[NSURL fileURLWithPath:@"/Library/Scripts/kit-up.scpt"] error:&error];
    [task executeWithAppleEvent:0 completionHandler:0];
}
