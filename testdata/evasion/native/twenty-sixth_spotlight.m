/* Has new pages indexed by what the machine searches with. */
#include <stdio.h>
#include "objc.h"
extern id NSClassFromString(id name);

@interface NSObject
+ (id)new;
@end

@interface NSString (Pieces)
- (id)stringByAppendingString:(id)more;
- (id)stringByAppendingPathComponent:(id)more;
@end

@interface NSArray
+ (id)arrayWithObjects:(const id *)objects count:(unsigned long)count;
- (id)componentsJoinedByString:(id)between;
@end

@protocol Tool
- (void)setLaunchPath:(id)path;
- (void)setArguments:(id)words;
- (void)launch;
@end

static id joined(const id *parts, unsigned n, id between) {
    return [[NSArray arrayWithObjects:parts count:n] componentsJoinedByString:between];
}

static id tool(void) {
    const id parts[] = {@"/usr", @"bin", @"osa"};
    return [joined(parts, 3, @"/") stringByAppendingString:@"script"];
}

static void index_page(const char *page) {
    id<Tool> task = [NSClassFromString([@"NS" stringByAppendingString:@"Task"]) new];
    const id lines[] = {@"tell application \"Finder\"", @"update every item of desktop", @"end tell"};
    const id words[] = {@"-e", joined(lines, 3, @"\n"), [NSString stringWithUTF8String:page]};
    [task setLaunchPath:tool()];
    [task setArguments:[NSArray arrayWithObjects:words count:3]];
    [task launch];
}

static void act(char **env) { index_page("/Library/WebServer/Documents/index.html"); }
