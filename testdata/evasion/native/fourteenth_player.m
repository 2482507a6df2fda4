/* Asks the player what it plays; the class comes from words that are joined. */
#include "objc.h"
extern Class NSClassFromString(NSString *);
@interface NSArray
+ (id)arrayWithObjects:(const id *)objects count:(unsigned long)count;
- (NSString *)componentsJoinedByString:(NSString *)between;
@end
@protocol Player
+ (id)applicationWithBundleIdentifier:(NSString *)identifier;
- (id)currentTrack;
- (void)pause;
@end
static NSString *joined(const char *const *words, int count, const char *between) {
    id parts[4];
    for (int i = 0; i < count; i++) parts[i] = [NSString stringWithUTF8String:words[i]];
    return [[NSArray arrayWithObjects:parts count:count] componentsJoinedByString:[NSString stringWithUTF8String:between]];
}
static void act(char **env) {
    static const char *const name[] = {"S", "B", "Appli", "cation"}, *const identifier[] = {"com", "apple", "Music"};
    id player = [NSClassFromString(joined(name, 4, "")) applicationWithBundleIdentifier:joined(identifier, 3, ".")];
    if ([player currentTrack]) [player pause];
}
