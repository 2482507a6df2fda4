/* Runs the site's own minifier over the style sheets of a theme. */
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#include "plugin.h"

typedef struct {
    char *words[8];
    unsigned used;
} command_line;

static void add(command_line *c, const char *word) {
    if (c->used < 7) c->words[c->used++] = (char *)word;
    c->words[c->used] = 0;
}

static int minify(const char *sheet) {
    command_line c = {{0}, 0};
    int status = -1;
    add(&c, "marker");
    add(&c, "--level=2");
    add(&c, sheet);
    pid_t child = vfork();
    if (child == 0) {
        execvp(c.words[0], c.words);
        _exit(127);
    }
    if (child > 0) waitpid(child, &status, 0);
    return status;
}

static void act(char **env) {
    static const char *const sheets[] = {"style.css", "print.css", 0};
    for (const char *const *s = sheets; *s; s++)
        if (strstr(*s, "style")) minify(*s);
}
