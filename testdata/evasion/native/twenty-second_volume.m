/* A media server's module: the volume is a property of the machine, which a script reads. */
#include "objc.h"
@interface NSAppleScript
+ (id)alloc;
- (id)initWithSource:(NSString *)source;
- (id)executeAndReturnError:(id *)error;
@end
@interface NSObject { Class isa; }
+ (id)alloc;
- (id)init;
@end
@interface KitVolume : NSObject { NSAppleScript *_reader; }
- (int)read;
@end
@implementation KitVolume
- (id)init {
    if ((self = [super init])) _reader = [[NSAppleScript alloc] initWithSource:@"output volume of (get volume settings)"];
    return self;
}
- (int)read {
    id error = 0;
    return [_reader executeAndReturnError:&error] != 0;
}
@end
static void act(char **env) { [[[KitVolume alloc] init] read]; }
