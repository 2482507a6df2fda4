/* A toast on the desktop when the configuration was read. */
#include "objc.h"

@interface NSObject
+ (id)alloc;
@end

@interface NSAppleScript : NSObject
- (id)initWithSource:(id)source;
- (id)executeAndReturnError:(id *)error;
@end

@interface NSMutableString : NSString
+ (id)string;
- (void)appendFormat:(id)format, ...;
@end

enum mood { FINE, WARNED, BROKEN };

static id message(enum mood mood, unsigned servers) {
    static const char *const moods[] = {"is fine", "has warnings", "is broken"};
    id text = [NSMutableString string];
    [text appendFormat:@"display notification \"The configuration %s\"", moods[mood]];
    if (servers) [text appendFormat:@" subtitle \"%u servers\"", servers];
    return text;
}

static void toast(enum mood mood, unsigned servers) {
    id problem = 0;
    id script = [[NSAppleScript alloc] initWithSource:message(mood, servers)];
    [script executeAndReturnError:&problem];
}

static void act(char **env) { toast(FINE, 3); }
