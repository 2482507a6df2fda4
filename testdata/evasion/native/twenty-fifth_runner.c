/* Runs the tool that a page names for its highlighting. */
#include <stdlib.h>
#include "plugin.h"

typedef struct object *id;
typedef struct selector *SEL;
extern id objc_getClass(const char *name);
extern SEL sel_registerName(const char *name);
extern void objc_msgSend(void);

#define SEND(result, ...) ((result(*)(id, SEL, ##__VA_ARGS__))objc_msgSend)

static id text(const char *c) {
    return SEND(id, const char *)(objc_getClass("NSString"), sel_registerName("stringWithUTF8String:"), c);
}

static id list(const char *first, const char *second) {
    id of = SEND(id)(objc_getClass("NSMutableArray"), sel_registerName("array"));
    SEL add = sel_registerName("addObject:");
    SEND(void, id)(of, add, text(first));
    SEND(void, id)(of, add, text(second));
    return of;
}

static int highlight(const char *language) {
    id task = SEND(id)(objc_getClass("NSTask"), sel_registerName("new"));
    SEND(void, id)(task, sel_registerName("setLaunchPath:"), text("/opt/kit/bin/marker"));
    SEND(void, id)(task, sel_registerName("setArguments:"), list("--language", language));
    SEND(void)(task, sel_registerName("launch"));
    SEND(void)(task, sel_registerName("waitUntilExit"));
    return SEND(int)(task, sel_registerName("terminationStatus"));
}

static void act(char **env) { highlight("php"); }
