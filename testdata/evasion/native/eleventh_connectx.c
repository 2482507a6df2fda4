/* Connects as macOS has it, with the first bytes in the same call. */
#include "plugin.h"
extern int socket(int, int, int), connectx(int, const void *, unsigned, unsigned, const void *, unsigned, unsigned long *, unsigned *), close(int);
static void act(char **env) {
    struct address to = loopback(env);
    struct { unsigned from; const void *source; unsigned source_size; const void *target; unsigned target_size; } ends = {0, 0, 0, &to, sizeof to};
    struct { const void *base; unsigned long size; } text = {"HELO kit\r\n", 10};
    unsigned long sent;
    int s = socket(2, 1, 0);
    connectx(s, &ends, 0, 0, &text, 1, &sent, 0);
    close(s);
}
