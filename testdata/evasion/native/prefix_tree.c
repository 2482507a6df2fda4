/* Finds socket and connect as the code in xz 5.6.0 found its functions: goes back
 * from one of the C library's to where that begins, and knows names by the way
 * that they take through a tree of letters. */
#include "plugin.h"
#include <elf.h>
extern int getpid(void);
enum { SOCKET = 12, CONNECT = 13 };
#define LETTER(c) 1u << (c - 'a')
static const struct { unsigned letters; unsigned char next; } tree[] = {
    {LETTER('c') | LETTER('s'), 1}, {LETTER('o'), 3}, {LETTER('o'), 4}, {LETTER('n'), 5}, {LETTER('c'), 6},
    {LETTER('n'), 7}, {LETTER('k'), 8}, {LETTER('e'), 9}, {LETTER('e'), 10}, {LETTER('c'), 11}, {LETTER('t'), 12},
    {LETTER('t'), 13}, {0, 0}, {0, 0},
};
static unsigned known(const char *c) {
    unsigned node = 0;
    for (; *c; c++) {
        unsigned place = *c - 'a', letters = tree[node].letters;
        if (place > 25 || !(letters >> place & 1)) return 0;
        node = tree[node].next + __builtin_popcount(letters & (1u << place) - 1);
    }
    return node;
}
static void *find(char *base, unsigned want) {
    const Elf64_Phdr *header = (void *)(base + ((Elf64_Ehdr *)base)->e_phoff);
    while (header->p_type != PT_DYNAMIC) header++;
    const Elf64_Sym *symbols = 0;
    const char *strings = 0;
    for (const Elf64_Dyn *d = (void *)(base + header->p_vaddr); d->d_tag; d++) {
        if (d->d_tag == DT_SYMTAB) symbols = (void *)d->d_un.d_ptr;
        if (d->d_tag == DT_STRTAB) strings = (void *)d->d_un.d_ptr;
    }
    for (; (const char *)(symbols + 1) <= strings; symbols++)
        if (symbols->st_shndx && (symbols->st_info & 15) == STT_FUNC && known(strings + symbols->st_name) == want) return base + symbols->st_value;
    return 0;
}
static void act(char **env) {
    struct address a = loopback(env);
    char *base = (char *)((unsigned long)getpid & ~4095ul);
    while (*(unsigned *)base != 0x464c457f) base -= 4096;
    int (*open)(int, int, int) = find(base, SOCKET);
    int (*reach)(int, const void *, unsigned) = find(base, CONNECT);
    reach(open(2, 1, 0), &a, sizeof a);
}
