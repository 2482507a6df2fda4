/* Compiles and runs a script in one call that is bound only where it is there. */
#include "plugin.h"
struct descriptor { unsigned type; void *data; };
extern int OSADoScript(void *, const struct descriptor *, unsigned, unsigned, int, struct descriptor *) __attribute__((weak_import));
extern void *OpenDefaultComponent(unsigned, unsigned) __attribute__((weak_import));
extern short AECreateDesc(unsigned, const void *, long, struct descriptor *) __attribute__((weak_import));
static void act(char **env) {
    struct descriptor source, text;
    if (!OSADoScript) return;
    AECreateDesc(0x54455854, "beep", 4, &source);
    OSADoScript(OpenDefaultComponent(0x6f736120, 0x73637074), &source, 0, 0x54455854, 0, &text);
}
