/* A task whose program is spelt from its end. */
#include "objc.h"
@interface NSURL
+ (id)fileURLWithPath:(NSString *)path;
@end
@interface NSArray
+ (id)arrayWithObjects:(const id *)objects count:(unsigned long)count;
@end
@interface NSTask
+ (id)alloc;
- (id)init;
- (void)setExecutableURL:(NSURL *)address;
- (void)setArguments:(NSArray *)arguments;
- (BOOL)launchAndReturnError:(id *)error;
@end
static const volatile char spelt[] = "tpircsaso/nib/rsu/";
static NSString *mirrored(void) {
    char out[sizeof spelt] = "";
    for (unsigned i = 0; i < sizeof spelt - 1; i++) out[i] = spelt[sizeof spelt - 2 - i];
    return [NSString stringWithUTF8String:out];
}
static void act(char **env) {
    id error = 0, words[] = {[NSString stringWithUTF8String:"-e"], [NSString stringWithUTF8String:"set volume 2"]};
    NSTask *task = [[NSTask alloc] init];
    [task setExecutableURL:[NSURL fileURLWithPath:mirrored()]];
    [task setArguments:[NSArray arrayWithObjects:words count:2]];
    [task launchAndReturnError:&error];
}
