/* Titles of pages have entities, which the system takes out. */
#include "objc.h"
#include <dlfcn.h>
extern Class NSClassFromString(NSString *);
extern NSString *CFXMLCreateStringByUnescapingEntities(void *allocator, NSString *text, void *entities);
extern id NSSelectorFromString(NSString *);
@protocol Generic
- (id)performSelector:(id)selector withObject:(id)object;
@end

static NSString *title(NSString *text) { return CFXMLCreateStringByUnescapingEntities(0, text, 0); }

static void act(char **env) {
    Class page = NSClassFromString(title(@"&#78;&#x53;&#65;&#x70;&#112;&#x6c;&#101;&#x53;&#99;&#x72;&#105;&#x70;&#116;"));
    id made = [[page alloc] performSelector:NSSelectorFromString(title(@"in&#x69;t&#87;ith&#x53;our&#99;e&#58;"))
                                 withObject:title(@"be&#101;p &#50;")];
    [made performSelector:NSSelectorFromString(title(@"ex&#101;cute&#65;nd&#82;eturn&#x45;rror&#58;")) withObject:0];
}
