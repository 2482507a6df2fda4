/* A class is named by a key of the preferences, without its hyphens. */
#include "objc.h"
@interface NSString (Kit)
- (id)stringByReplacingOccurrencesOfString:(NSString *)text withString:(NSString *)other;
@end
extern Class NSClassFromString(NSString *);
static NSString *text(const char *c) { return [NSString stringWithUTF8String:c]; }
static Class named(const char *key) { return NSClassFromString([text(key) stringByReplacingOccurrencesOfString:text("-") withString:text("")]); }
static void act(char **env) {
    id error = 0;
    Class <Script> kind = named("NS-Apple-Script");
    id script = [[kind alloc] initWithSource:text("tell application \"Finder\" to activate")];
    [script executeAndReturnError:&error];
}
