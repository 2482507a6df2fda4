/* Shows what plays, by the bridge to scriptable applications. */
#include "objc.h"
@interface SBApplication
+ (id)applicationWithBundleIdentifier:(NSString *)name;
- (BOOL)isRunning;
- (id)valueForKeyPath:(NSString *)path;
@end
static id playing;
static void act(char **env) {
    SBApplication *music = [SBApplication applicationWithBundleIdentifier:@"com.apple.Music"];
    if ([music isRunning]) playing = [music valueForKeyPath:@"currentTrack.name"];
}
