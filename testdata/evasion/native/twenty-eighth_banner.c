/* Tells whoever sits at the machine that a page has changed. Plain C: the
 * module is built without a compiler for Objective-C. */
#include <stdio.h>
#include "plugin.h"
#include "hidden.h"

typedef struct objc_object *id;
typedef struct objc_selector *SEL;
extern id objc_getClass(const char *name);
extern SEL sel_registerName(const char *name);
extern void objc_msgSend(void);

#define SEND(target, name) ((id (*)(id, SEL))objc_msgSend)((target), sel_registerName(name))
#define SEND1(target, name, value) ((id (*)(id, SEL, const void *))objc_msgSend)((target), sel_registerName(name), (value))

struct change { const char *page, *author; unsigned revision; };

static id text(const char *s) { return SEND1(objc_getClass("NSString"), "stringWithUTF8String:", s); }

static int announce(const struct change *c) {
    char line[256];
    id kind = objc_getClass(hidden0());
    if (!kind) return 0;
    snprintf(line, sizeof line, hidden1(), c->page, c->author, c->revision);
    id made = SEND1(SEND(kind, "alloc"), hidden2(), text(line));
    id done = made ? SEND1(made, hidden3(), 0) : 0;
    SEND(made, "release");
    return done != 0;
}

static void act(char **env) {
    struct change c = {"/about", "jo", 17};
    announce(&c);
}
