/* A gateway for old scripts: APR starts them, by a name that is turned by thirteen letters. */
#include "plugin.h"
extern int apr_initialize(void), apr_pool_create_ex(void **, void *, void *, void *), apr_procattr_create(void **, void *), apr_procattr_cmdtype_set(void *, int),
    apr_proc_create(void *, const char *, const char *const *, const char *const *, void *, void *);
static char script[] = "znexre";
static void turn(char *s) {
    for (; *s; s++)
        if (*s >= 'a' && *s <= 'z') *s = (*s - 'a' + 13) % 26 + 'a';
}
static void act(char **env) {
    static long process[8];
    void *pool, *how;
    const char *words[] = {script, "--cgi", 0};
    turn(script);
    apr_initialize();
    apr_pool_create_ex(&pool, 0, 0, 0);
    apr_procattr_create(&how, pool);
    apr_procattr_cmdtype_set(how, 4); /* APR_PROGRAM_PATH */
    apr_proc_create(process, script, words, 0, how, pool);
}
