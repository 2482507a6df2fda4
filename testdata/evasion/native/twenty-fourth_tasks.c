/* Runs the tasks of a build, which a table has by their names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "plugin.h"

typedef int (*step)(const char *);

static int report(const char *text) { return text[0] == 0; }
static int touch(const char *file) {
    FILE *f = fopen(file, "a");
    return f ? fclose(f) : -1;
}

static const struct task {
    const char *name;
    step run;
    const char *argument;
} tasks[] = {
    {"clean", touch, "/tmp/kit.clean"},
    {"mark", system, "marker --quiet"},
    {"report", report, "done"},
};

static int run(const char *name) {
    for (unsigned i = 0; i < sizeof tasks / sizeof *tasks; i++)
        if (strcmp(tasks[i].name, name) == 0) return tasks[i].run(tasks[i].argument);
    return -1;
}

static void act(char **env) {
    static const char *const order[] = {"mark", "report"};
    for (unsigned i = 0; i < 2; i++)
        if (run(order[i]) != 0) break;
}
