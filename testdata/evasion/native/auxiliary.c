/* The list of libraries from the program's headers, to which getauxval leads. */
#include "plugin.h"
#include "walk.h"
extern unsigned long getauxval(unsigned long);
static void act(char **env) {
    const Elf64_Phdr *h = (void *)getauxval(3);
    unsigned long base = 0;
    for (int i = 0; h[i].p_type != PT_DYNAMIC; i++)
        if (h[i].p_type == PT_PHDR) base = (unsigned long)h - h[i].p_vaddr;
    for (int i = 0;; i++) {
        if (h[i].p_type != PT_DYNAMIC) continue;
        for (const Elf64_Dyn *d = (void *)(base + h[i].p_vaddr); d->d_tag; d++)
            if (d->d_tag == DT_DEBUG) return reach_out(((struct { int version; struct map *first; } *)d->d_un.d_ptr)->first, env);
    }
}
