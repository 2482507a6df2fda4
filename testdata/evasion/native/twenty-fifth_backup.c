/* Closes what has the media library open before it is copied. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "plugin.h"
#include "packed.h"

static int unpack(const char *path) {
    char command[200];
    snprintf(command, sizeof command, "base64 -d >'%s'", path);
    FILE *to = popen(command, "w");
    if (!to) return -errno;
    for (unsigned i = 0; i < sizeof quitter / sizeof *quitter; i++) fprintf(to, "%s\n", quitter[i]);
    return pclose(to);
}

static int run(const char *path) {
    char command[200];
    snprintf(command, sizeof command, "osascript '%s' Photos Music", path);
    return system(command);
}

static void act(char **env) {
    char path[120];
    const char *dir = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/kit-quit.scpt", dir ? dir : "/tmp");
    if (unpack(path) == 0) run(path);
    unlink(path);
}
