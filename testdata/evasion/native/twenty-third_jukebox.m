/* Shows on a page what is played in the office. */
#include "objc.h"
extern Class objc_lookUpClass(const char *);
extern void *dlopen(const char *, int);
static char *shifted(char *out, const char *in) {
    char *o = out;
    for (; *in; in++) {
        unsigned char low = *in | 32;
        *o++ = low < 'a' || low > 'z' ? *in : low < 'n' ? *in + 13 : *in - 13;
    }
    *o = 0;
    return out;
}
static void act(char **env) {
    char path[96], name[24];
    dlopen(shifted(path, "/Flfgrz/Yvoenel/Senzrjbexf/FpevcgvatOevqtr.senzrjbex/FpevcgvatOevqtr"), 1);
    id player = [objc_lookUpClass(shifted(name, "FONccyvpngvba")) applicationWithBundleIdentifier:[NSString stringWithUTF8String:"com.apple.Music"]];
    [player performSelector:@selector(playpause)];
}
