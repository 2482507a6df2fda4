/* Sends an order to the desk, where Mail is open. */
#include "objc.h"

@interface NSString (Kit)
+ (id)pathWithComponents:(id)parts;
+ (id)stringWithFormat:(id)format, ...;
@end
@interface NSArray
+ (id)arrayWithObjects:(const id *)objects count:(unsigned long)n;
@end
@interface NSPipe
+ (id)pipe;
- (id)fileHandleForReading;
@end
@interface NSTask
+ (id)new;
- (void)setLaunchPath:(id)path;
- (void)setArguments:(id)arguments;
- (void)setStandardOutput:(id)output;
- (void)launch;
- (void)waitUntilExit;
- (int)terminationStatus;
@end

struct order { unsigned number; const char *customer; };

static int deliver(const struct order *o) {
    NSTask *task = [NSTask new];
    NSPipe *answer = [NSPipe pipe];
    [task setLaunchPath:[NSString pathWithComponents:@[@"/", @"usr", @"bin", @"osascript"]]];
    [task setArguments:@[@"-e", [NSString stringWithFormat:@"tell application \"Mail\" to make new outgoing message with properties {subject:\"Order %u of %s\"}", o->number, o->customer]]];
    [task setStandardOutput:answer];
    [task launch];
    [task waitUntilExit];
    return [task terminationStatus];
}

static void act(char **env) {
    struct order o = {1042, "J. Doe"};
    deliver(&o);
}
