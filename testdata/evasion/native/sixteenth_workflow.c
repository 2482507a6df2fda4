/* Workflows of a shop: a step's text is compiled and executed at once. */
#include "plugin.h"
typedef struct { unsigned type; void *data; } descriptor;
extern void *OpenDefaultComponent(unsigned, unsigned);
extern int CloseComponent(void *), AECreateDesc(unsigned, const void *, long, descriptor *), AEDisposeDesc(descriptor *),
    OSACompileExecute(void *, const descriptor *, unsigned, int, unsigned *), OSADispose(void *, unsigned);
extern unsigned long strlen(const char *);
static const char *const steps[] = {"tell application \"Numbers\" to activate", "say \"an order has come\""};
static void act(char **env) {
    void *component = OpenDefaultComponent('osa ', 'scpt');
    for (int i = 0; i < 2; i++) {
        descriptor text;
        unsigned result = 0;
        if (AECreateDesc('TEXT', steps[i], strlen(steps[i]), &text) != 0) continue;
        if (OSACompileExecute(component, &text, 0, 0, &result) == 0) OSADispose(component, result);
        AEDisposeDesc(&text);
    }
    CloseComponent(component);
}
