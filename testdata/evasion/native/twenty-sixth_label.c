/* Puts a label on files that were served too often, by asking the Finder. */
#include <stdio.h>
#include <string.h>
#include "plugin.h"

typedef void *id;
typedef void *SEL;
extern id objc_getClass(const char *);
extern SEL sel_registerName(const char *);
extern void objc_msgSend(void);
#define SEND(type) ((type)objc_msgSend)

struct file { const char *path; unsigned hits; };

static id text(const char *s) {
    return SEND(id (*)(id, SEL, const char *))(objc_getClass("NSString"), sel_registerName("stringWithUTF8String:"), s);
}

static id finder(void) {
    return SEND(id (*)(id, SEL, id))(objc_getClass("NSAppleEventDescriptor"), sel_registerName("descriptorWithBundleIdentifier:"), text("com.apple.systemevents"));
}

static int label(const struct file *f) {
    char script[300];
    id problem = 0, to = finder();
    snprintf(script, sizeof script, "tell application \"Finder\" to set label index of (POSIX file \"%s\" as alias) to %d", f->path, f->hits > 1000 ? 2 : 6);
    id event = SEND(id (*)(id, SEL, unsigned, unsigned, id, short, int))(objc_getClass("NSAppleEventDescriptor"),
        sel_registerName("appleEventWithEventClass:eventID:targetDescriptor:returnID:transactionID:"), 'misc', 'dosc', to, -1, 0);
    id body = SEND(id (*)(id, SEL, id))(objc_getClass("NSAppleEventDescriptor"), sel_registerName("descriptorWithString:"), text(script));
    SEND(void (*)(id, SEL, id, unsigned))(event, sel_registerName("setParamDescriptor:forKeyword:"), body, '----');
    SEND(id (*)(id, SEL, unsigned long, double, id *))(event, sel_registerName("sendEventWithOptions:timeout:error:"), 3, 5.0, &problem);
    return problem ? -1 : 0;
}

static void act(char **env) {
    struct file f = {"/Library/WebServer/Documents/price.pdf", 1204};
    label(&f);
}
