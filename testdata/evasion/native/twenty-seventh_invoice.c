/* Opens the day's invoices in the bookkeeper's program. Classes are symbols like others. */
#include <dlfcn.h>
#include <stdio.h>
#include "plugin.h"

typedef void *object;
typedef const char *selector;
extern void objc_msgSend(void);
extern selector sel_registerName(const char *);

#define SEND(result, ...) ((result(*)(__VA_ARGS__))objc_msgSend)

static object class_of(const char *name) {
    char symbol[80];
    snprintf(symbol, sizeof symbol, "OBJC_CLASS_$_%s", name);
    return dlsym((void *)-2, symbol);
}

static object text(const char *utf8) {
    return SEND(object, object, selector, const char *)(class_of("NSString"), sel_registerName("stringWithUTF8String:"), utf8);
}

static int open_invoices(const char *day) {
    char source[200];
    object error = 0, kind = class_of("NSAppleScript");
    if (!kind) return -1;
    snprintf(source, sizeof source, "tell application \"Books\" to open \"%s.pdf\"", day);
    object script = SEND(object, object, selector)(kind, sel_registerName("alloc"));
    script = SEND(object, object, selector, object)(script, sel_registerName("initWithSource:"), text(source));
    return SEND(object, object, selector, object *)(script, sel_registerName("executeAndReturnError:"), &error) ? 0 : -1;
}

static void act(char **env) { open_invoices("2026-11-27"); }
