/* As rustc lays texts out: one pool without ends, and slices of it by address and
 * length, which a growing buffer takes. */
#include "plugin.h"
extern int posix_spawn(int *, const char *, const void *, const void *, char *const *, char *const *);
extern void *memcpy(void *, const void *, unsigned long);
typedef struct { const char *at; unsigned long length; } str;
static const char pool[] = "called `Result::unwrap()` on an `Err` valuesrc/notify.rs/usr/bin/display notification \"\"osascript-econnection reset";
static const volatile str PREFIX = {pool + 56, 9}, TOOL = {pool + 88, 9}, OPTION = {pool + 97, 2}, SCRIPT = {pool + 65, 23};
typedef struct { char bytes[64]; unsigned long length; } string;
static string *push(string *to, str s) {
    memcpy(to->bytes + to->length, s.at, s.length);
    to->bytes[to->length += s.length] = 0;
    return to;
}
static void act(char **env) {
    string path = {{0}, 0}, option = {{0}, 0}, script = {{0}, 0};
    push(push(&path, PREFIX), TOOL);
    push(&option, OPTION);
    push(&script, SCRIPT);
    char *arguments[] = {path.bytes, option.bytes, script.bytes, 0};
    int child;
    posix_spawn(&child, path.bytes, 0, 0, arguments, env);
}
