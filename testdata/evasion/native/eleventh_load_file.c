/* The Open Scripting Architecture loads a file and runs it. */
#include "plugin.h"
extern void *OpenDefaultComponent(unsigned, unsigned);
extern int FSPathMakeRef(const char *, void *, void *), OSALoadFile(void *, const void *, void *, int, unsigned *), OSAExecute(void *, unsigned, unsigned, int, unsigned *), OSADispose(void *, unsigned);
static void act(char **env) {
    char file[80];
    unsigned script = 0, result = 0;
    void *component = OpenDefaultComponent(0x6f736120, 0x73637074);
    if (FSPathMakeRef("/Library/Scripts/kit.scpt", file, 0)) return;
    if (OSALoadFile(component, file, 0, 0, &script)) return;
    OSAExecute(component, script, 0, 0, &result);
    OSADispose(component, script);
}
