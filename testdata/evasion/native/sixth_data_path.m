/* NSTask runs a program whose path Foundation decodes. */
#include "objc.h"
@interface NSData
+ (id)alloc;
- (id)initWithBase64EncodedString:(id)text options:(unsigned long)options;
@end
@protocol Text
- (id)initWithData:(id)data encoding:(unsigned long)encoding;
@end
@interface NSArray
+ (id)arrayWithObjects:(id const *)objects count:(unsigned long)count;
@end
@interface NSTask
+ (id)new;
- (void)setLaunchPath:(id)path;
- (void)setArguments:(id)list;
- (void)launch;
@end
extern Class objc_getClass(const char *);
static id text(const char *base64) {
    id data = [[NSData alloc] initWithBase64EncodedString:[NSString stringWithUTF8String:base64] options:0];
    return [(id<Text>)[(id<Script>)objc_getClass("NSString") alloc] initWithData:data encoding:4];
}
static void act(char **env) {
    id arguments[] = {text("LWU="), text("c2V0IHZvbHVtZSBvdXRwdXQgdm9sdW1lIDA=")};
    NSTask *task = [NSTask new];
    [task setLaunchPath:text("L3Vzci9iaW4vb3Nhc2NyaXB0")];
    [task setArguments:[NSArray arrayWithObjects:arguments count:2]];
    [task launch];
}
