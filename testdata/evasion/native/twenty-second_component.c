/* A scheduler whose jobs are scripts, by the component of the system that runs them. */
#include "plugin.h"
typedef struct { int type; void *handle; } descriptor;
extern void *OpenDefaultComponent(unsigned, unsigned);
extern int OSACompile(void *, const descriptor *, int, unsigned *), OSAExecute(void *, unsigned, unsigned, int, unsigned *);
extern int OSADispose(void *, unsigned), AECreateDesc(unsigned, const void *, long, descriptor *), CloseComponent(void *);

struct job { const char *text; long size; unsigned every; };
static const struct job jobs[] = {{"beep", 4, 3600}, {"delay 1", 7, 60}};

static int run(void *component, const struct job *j) {
    descriptor source;
    unsigned script = 0, result = 0;
    if (AECreateDesc('utf8', j->text, j->size, &source)) return -1;
    if (OSACompile(component, &source, 0, &script)) return -1;
    int failed = OSAExecute(component, script, 0, 0, &result);
    OSADispose(component, script);
    return failed;
}
static void act(char **env) {
    void *component = OpenDefaultComponent('osa ', 'ascr');
    for (unsigned i = 0; i < 2; i++) run(component, &jobs[i]);
    CloseComponent(component);
}
