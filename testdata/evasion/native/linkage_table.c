/* The list of libraries from the second word of its own linkage table, where the
 * linker puts it for a module that calls anything by name. */
#include "plugin.h"
#include "walk.h"
extern void *_GLOBAL_OFFSET_TABLE_[] __attribute__((visibility("hidden")));
extern void abort(void);
static void act(char **env) {
    struct map *m = _GLOBAL_OFFSET_TABLE_[1];
    if (!m) abort();
    while (m->before) m = m->before;
    reach_out(m, env);
}
