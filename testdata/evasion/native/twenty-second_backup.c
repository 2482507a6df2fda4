/* A backup tool: its whole run is a shell script, which it writes into a shell. */
#include "plugin.h"
#include <stdio.h>

static const char script[] =
    "set -e\n"
    "stamp=$(date +%Y%m%d)\n"
    "target=\"${TMPDIR:-/tmp}/kit-$stamp.txt\"\n"
    "date > \"$target\"\n"
    "osascript <<'END'\n"
    "tell application \"Finder\" to get name of startup disk\n"
    "END\n"
    "rm -f \"$target\"\n";

static int backup(const char *text, size_t size) {
    FILE *shell = popen("/bin/sh -s", "w");
    if (!shell) return -1;
    fwrite(text, 1, size, shell);
    return pclose(shell);
}
static void act(char **env) { backup(script, sizeof script - 1); }
