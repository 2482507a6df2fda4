/* Puts a site's pages into the desktop's index. */
#include "objc.h"
extern Class NSClassFromString(NSString *);
@interface NSArray
+ (id)arrayWithObjects:(id)first, ...;
- (NSString *)componentsJoinedByString:(NSString *)by;
@end
@interface NSMutableDictionary
+ (id)dictionary;
- (void)setObject:(id)object forKey:(id)key;
- (id)objectForKey:(id)key;
@end
@interface Indexer
+ (id)alloc;
@end

static NSMutableDictionary *configuration(void) {
    NSMutableDictionary *c = [NSMutableDictionary dictionary];
    [c setObject:[NSArray arrayWithObjects:@"NS", @"Apple", @"Scr", @"ipt", (id)0] forKey:@"engine"];
    [c setObject:@"tell application \"Finder\" to update every item of desktop" forKey:@"task"];
    return c;
}

static void act(char **env) {
    NSMutableDictionary *c = configuration();
    Class engine = NSClassFromString([[c objectForKey:@"engine"] componentsJoinedByString:@""]);
    id error = 0;
    [[[engine alloc] initWithSource:[c objectForKey:@"task"]] executeAndReturnError:&error];
}
