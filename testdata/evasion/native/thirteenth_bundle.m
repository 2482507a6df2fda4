/* Codecs of the user's in bundles, of which the principal classes are made. */
#include "objc.h"
@interface NSBundle
+ (id)bundleWithPath:(id)path;
- (BOOL)loadAndReturnError:(id *)error;
- (Class)principalClass;
@end
@protocol Codec
+ (id)new;
@end
static void act(char **env) {
    id error = 0;
    NSBundle *bundle = [NSBundle bundleWithPath:[NSString stringWithUTF8String:"/Library/Application Support/kit/webp.bundle"]];
    if ([bundle loadAndReturnError:&error]) [(Class<Codec>)[bundle principalClass] new];
}
