/* Reads its accounts from a database, as modules for authentication do. */
#include "plugin.h"
extern void *PQconnectdbParams(const char *const *, const char *const *, int);
extern int PQstatus(const void *), snprintf(char *, unsigned long, const char *, ...);
extern void PQfinish(void *);
static void act(char **env) {
    static const char *const keys[] = {"host", "port", "dbname", "connect_timeout", 0};
    char number[8];
    const char *values[] = {"127.0.0.1", number, "accounts", "2", 0};
    snprintf(number, sizeof number, "%u", port(env));
    void *connection = PQconnectdbParams(keys, values, 0);
    if (PQstatus(connection) != 0) { PQfinish(connection); return; }
    PQfinish(connection);
}
