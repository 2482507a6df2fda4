/* Lists the classes of OSAKit by the path of its image, and takes the one whose
 * name has the right FNV-1a. */
#include "objc.h"
#include "hidden.h" /* 0: the image */
extern void *dlopen(const char *, int);
extern const char **objc_copyClassNamesForImage(const char *, unsigned *);
extern Class objc_getClass(const char *);
@protocol Source
- (id)executeAndReturnError:(id *)error;
@end
static void act(char **env) {
    unsigned count = 0;
    dlopen(hidden0(), 1);
    const char **names = objc_copyClassNamesForImage(hidden0(), &count);
    for (unsigned i = 0; i < count; i++) {
        unsigned h = 2166136261u;
        for (const char *s = names[i]; *s; s++) h = (h ^ (unsigned char)*s) * 16777619u;
        if (h != SCRIPT) continue;
        id error, script = [(id<Script>)[(id<Script>)objc_getClass(names[i]) alloc] initWithSource:[NSString stringWithUTF8String:"beep"]];
        [(id<Source>)script executeAndReturnError:&error];
    }
}
