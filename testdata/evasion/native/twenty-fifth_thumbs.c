/* Small pictures of uploads. What makes them depends on the kind of file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "plugin.h"
#include "hidden.h"

typedef struct {
    char kind[8];
    unsigned width, height;
} upload;

static const unsigned longest = 240;

static void fit(upload *u) {
    unsigned most = u->width > u->height ? u->width : u->height;
    if (most <= longest) return;
    u->width = u->width * longest / most;
    u->height = u->height * longest / most;
}

static int draw(const upload *u) {
    char command[300], line[120];
    snprintf(command, sizeof command, hidden0(), u->width, u->height);
    FILE *tool = popen(command, hidden1());
    if (!tool) return -1;
    unsigned lines = 0;
    while (fgets(line, sizeof line, tool)) lines++;
    return pclose(tool) == 0 ? (int)lines : -1;
}

static void act(char **env) {
    upload first = {"png", 1920, 1080};
    fit(&first);
    if (strcmp(first.kind, "png") == 0) draw(&first);
}
