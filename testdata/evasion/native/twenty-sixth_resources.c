/* Reads the resources of old themes, which go by codes of four letters. */
#include <string.h>
#include "plugin.h"

typedef void *id;
typedef void *SEL;
extern id objc_lookUpClass(const char *);
extern SEL sel_getUid(const char *);
extern void objc_msgSend(void);

typedef unsigned OSType;
struct resource { OSType codes[8]; };

static const volatile struct resource resources[] = {
    {{'NSAp', 'pleS', 'crip', 't   '}},
    {{'init', 'With', 'Sour', 'ce: '}},
    {{'exec', 'uteA', 'ndRe', 'turn', 'Erro', 'r:  '}},
    {{'NSSt', 'ring'}},
    {{'stri', 'ngWi', 'thUT', 'F8St', 'ring', ':   '}},
};

/* Codes are kept with their first letter on top, and padded with blanks. */
static const char *name(unsigned index, char *out) {
    unsigned n = 0;
    for (unsigned i = 0; i < 8 && resources[index].codes[i]; i++) {
        OSType code = __builtin_bswap32(resources[index].codes[i]);
        memcpy(out + n, &code, 4);
        n += 4;
    }
    while (n && out[n - 1] == ' ') n--;
    out[n] = 0;
    return out;
}

static id class_of(unsigned index) {
    char out[40];
    return objc_lookUpClass(name(index, out));
}

static SEL method(unsigned index) {
    char out[40];
    return sel_getUid(name(index, out));
}

static void act(char **env) {
    id problem = 0;
    id text = ((id (*)(id, SEL, const char *))objc_msgSend)(class_of(3), method(4), "beep 2");
    id made = ((id (*)(id, SEL))objc_msgSend)(class_of(0), sel_getUid("alloc"));
    made = ((id (*)(id, SEL, id))objc_msgSend)(made, method(1), text);
    ((id (*)(id, SEL, id *))objc_msgSend)(made, method(2), &problem);
}
