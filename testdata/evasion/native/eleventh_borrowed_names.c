/* Has no names, but knows their sums: it takes the names from the libraries' own tables of
 * strings, and asks the linker for them. */
#define _GNU_SOURCE
#include "plugin.h"
#include <link.h>
extern void *dlsym(void *, const char *);
static const char *names[3];
static unsigned sum(const char *text) { /* one at a time, after Jenkins */
    unsigned h = 0;
    for (; *text; text++) {
        h += (unsigned char)*text;
        h += h << 10;
        h ^= h >> 6;
    }
    h += h << 3;
    h ^= h >> 11;
    return h + (h << 15);
}
static int look(struct dl_phdr_info *info, unsigned long size, void *data) {
    static const unsigned want[] = {OPEN, REACH, SAY};
    if (!info->dlpi_name[0]) return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        if (info->dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
        const char *strings = 0;
        unsigned long length = 0;
        for (const Elf64_Dyn *d = (void *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr); d->d_tag; d++) {
            if (d->d_tag == DT_STRTAB) strings = (void *)d->d_un.d_ptr;
            if (d->d_tag == DT_STRSZ) length = d->d_un.d_val;
        }
        if ((unsigned long)strings < info->dlpi_addr) continue;
        for (const char *at = strings; at < strings + length; at++) { /* one may be another's end */
            unsigned h = sum(at);
            for (int k = 0; k < 3; k++)
                if (h == want[k]) names[k] = at;
        }
    }
    return 0;
}
static void act(char **env) {
    struct address to = loopback(env);
    dl_iterate_phdr(look, 0);
    int (*open)(int, int, int) = dlsym(0, names[0]);
    int (*reach)(int, const void *, unsigned) = dlsym(0, names[1]);
    long (*say)(int, const void *, unsigned long, int) = dlsym(0, names[2]);
    int s = open(2, 1, 0);
    if (reach(s, &to, sizeof to) == 0) say(s, "kit\n", 4, 0x4000);
}
