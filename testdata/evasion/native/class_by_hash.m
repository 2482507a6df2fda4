/* Finds the class by a number made of its name, among all that are loaded. */
#include "objc.h"
extern Class *objc_copyClassList(unsigned *);
extern const char *class_getName(Class);
static void act(char **env) {
    unsigned count;
    Class *all = objc_copyClassList(&count);
    for (unsigned i = 0; i < count; i++) {
        unsigned hash = 5381;
        for (const char *c = class_getName(all[i]); *c; c++) hash = hash * 33 ^ *c;
        if (hash != HASH) continue;
        id error;
        [[[(id<Script>)all[i] alloc] initWithSource:[NSString stringWithUTF8String:"beep"]] executeAndReturnError:&error];
    }
}
