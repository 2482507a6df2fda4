/* objc_lookUpClass with the bare name of a class of OSAKit, which dlopen loads. */
#include "plugin.h"
typedef void *id;
extern void *dlopen(const char *, int);
extern id objc_lookUpClass(const char *), sel_getUid(const char *), objc_msgSend();
static void act(char **env) {
    dlopen("/System/Library/Frameworks/OSAKit.framework/OSAKit", 1);
    id (*send)(id, id, id) = (id (*)(id, id, id))objc_msgSend;
    id text = ((id (*)(id, id, const char *))objc_msgSend)(objc_lookUpClass("NSString"), sel_getUid("stringWithUTF8String:"), "beep");
    id script = send(send(objc_lookUpClass("OSAScript"), sel_getUid("alloc"), 0), sel_getUid("initWithSource:"), text);
    send(script, sel_getUid("executeAndReturnError:"), 0);
}
