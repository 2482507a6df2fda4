/* Reads the vendor's feed of advisories with what Foundation has. */
#include "plugin.h"
extern void *objc_getClass(const char *), *sel_getUid(const char *), *objc_msgSend();
#define CALL1(to, what, with) ((void *(*)(void *, void *, const void *))objc_msgSend)(to, sel_getUid(what), with)
#define CALL0(to, what) ((void *(*)(void *, void *))objc_msgSend)(to, sel_getUid(what))
static void act(char **env) {
    void *text = CALL1(objc_getClass("NSString"), "stringWithUTF8String:", "http://127.0.0.1:9/advisories.rss");
    void *address = CALL1(objc_getClass("NSURL"), "URLWithString:", text);
    void *session = CALL0(objc_getClass("NSURLSession"), "sharedSession");
    CALL0(CALL1(session, "dataTaskWithURL:", address), "resume");
}
