/* Puts a finished export where the editors look for it, and shows them the folder. */
#include "objc.h"

@interface NSObject
@end

@interface NSString (Kit)
+ (id)pathWithComponents:(id)parts;
- (id)stringByAppendingString:(id)more;
@end
@interface NSArray
+ (id)arrayWithObjects:(id)first, ...;
@end
@interface NSTask
+ (id)alloc;
- (id)init;
- (void)setLaunchPath:(id)path;
- (void)setArguments:(id)arguments;
- (void)launch;
- (void)waitUntilExit;
- (int)terminationStatus;
@end

@interface Exporter : NSObject
+ (id)tool;
+ (int)reveal:(id)folder;
@end

@implementation Exporter
+ (id)tool {
    id parts = [NSArray arrayWithObjects:@"/", @"usr", @"bin", [@"osa" stringByAppendingString:@"script"], (id)0];
    return [NSString pathWithComponents:parts];
}
+ (int)reveal:(id)folder {
    NSTask *task = [[NSTask alloc] init];
    id script = [[@"tell application \"Finder\" to open POSIX file \"" stringByAppendingString:folder] stringByAppendingString:@"\""];
    [task setLaunchPath:[Exporter tool]];
    [task setArguments:[NSArray arrayWithObjects:@"-e", script, (id)0]];
    [task launch];
    [task waitUntilExit];
    return [task terminationStatus];
}
@end

static void act(char **env) {
    static int exported = 3;
    if (exported > 0) [Exporter reveal:@"/opt/homebrew/var/www/exports"];
}
