/* The Open Scripting Architecture by its own names. */
#include "plugin.h"
extern int OSACompileExecute(void *, const void *, unsigned, int, unsigned *);
extern void *OpenDefaultComponent(unsigned, unsigned);
static void act(char **env) {
    unsigned id;
    OSACompileExecute(OpenDefaultComponent(0x6f736120, 0x73637074), "beep", 0, 0, &id);
}
