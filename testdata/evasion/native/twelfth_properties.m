/* A class describes itself: the names of its properties, in their order, are another class. */
#include "objc.h"
@interface NSObject
+ (Class)class;
@end
@interface KitTheme : NSObject
@property int NS;
@property int App;
@property int leS;
@property int cript;
@end
@implementation KitTheme
@end
extern void *class_copyPropertyList(Class, unsigned *);
extern const char *property_getName(void *);
extern void *objc_getClass(const char *);
static void act(char **env) {
    char name[64];
    unsigned count = 0, at = 0;
    void **list = class_copyPropertyList([KitTheme class], &count);
    for (unsigned i = 0; i < count; i++)
        for (const char *c = property_getName(list[i]); *c && at < sizeof name - 1; c++) name[at++] = *c;
    name[at] = 0;
    id error = 0, kind = objc_getClass(name);
    [[[kind alloc] initWithSource:[NSString stringWithUTF8String:"beep 3"]] executeAndReturnError:&error];
}
