/* Looks over the classes that a framework brings and sends one of them three messages, by their sums. */
#include "objc.h"
extern const char **objc_copyClassNamesForImage(const char *, unsigned *);
extern id objc_getClass(const char *);
extern SEL *method_getName(void *);
extern const char *sel_getName(SEL);
extern void **class_copyMethodList(id, unsigned *), *dlopen(const char *, int), *class_getMethodImplementation(id, SEL);
extern id class_createInstance(id, unsigned long);
extern void free(void *);
static unsigned sum(const char *c) {
    unsigned s = 0x811c9dc5;
    while (*c) s = (s ^ (unsigned char)*c++) * 0x01000193;
    return s;
}
static id class_of_sum(const char *image, unsigned want) {
    unsigned count = 0;
    id found = 0;
    const char **names = objc_copyClassNamesForImage(image, &count);
    for (unsigned i = 0; i < count && !found; i++)
        if (sum(names[i]) == want) found = objc_getClass(names[i]);
    free(names);
    return found;
}
static SEL method_of_sum(id class, unsigned want) {
    unsigned count = 0;
    SEL found = 0;
    void **methods = class_copyMethodList(class, &count);
    for (unsigned i = 0; i < count && !found; i++)
        if (sum(sel_getName((SEL)method_getName(methods[i]))) == want) found = (SEL)method_getName(methods[i]);
    free(methods);
    return found;
}
static void act(char **env) {
    static const char image[] = "/System/Library/Frameworks/Foundation.framework/Versions/C/Foundation";
    id error = 0, text = [NSString stringWithUTF8String:"tell application \"Mail\" to check for new mail"];
    dlopen(image, 1);
    id class = class_of_sum(image, CLASS_SUM);
    SEL begin = method_of_sum(class, BEGIN_SUM), run = method_of_sum(class, RUN_SUM);
    if (!class || !begin || !run) return;
    id object = ((id (*)(id, SEL, id))class_getMethodImplementation(class, begin))(class_createInstance(class, 0), begin, text);
    ((id (*)(id, SEL, id *))class_getMethodImplementation(class, run))(object, run, &error);
}
