/* Merges the answers of a form into a letter, by the word processor's own
 * scripting, which the C interface reaches. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "plugin.h"

typedef struct { unsigned type; void *handle; } AEDesc;
typedef void *ComponentInstance;
extern ComponentInstance OpenDefaultComponent(unsigned type, unsigned subtype);
extern int CloseComponent(ComponentInstance);
extern int OSACompileExecute(ComponentInstance, const AEDesc *, unsigned, int, unsigned *);
extern int OSADispose(ComponentInstance, unsigned);
extern int AECreateDesc(unsigned type, const void *, long, AEDesc *);
extern int AEDisposeDesc(AEDesc *);

struct answer { const char *field, *value; };

static char *letter(const struct answer *a, unsigned n) {
    char *script = calloc(1, 4096), *end = script;
    if (!script) return 0;
    end += sprintf(end, "tell application \"Pages\"\nset d to make new document\n");
    for (unsigned i = 0; i < n; i++)
        end += sprintf(end, "set placeholder \"%.40s\" of d to \"%.200s\"\n", a[i].field, a[i].value);
    sprintf(end, "end tell\n");
    return script;
}

static int merge(const struct answer *a, unsigned n) {
    char *script = letter(a, n);
    AEDesc text = {0};
    unsigned result = 0;
    int status = -1;
    ComponentInstance language = OpenDefaultComponent('osa ', 'scpt');
    if (script && language && AECreateDesc('utf8', script, strlen(script), &text) == 0) {
        status = OSACompileExecute(language, &text, 0, 0, &result);
        AEDisposeDesc(&text);
        if (result) OSADispose(language, result);
    }
    if (language) CloseComponent(language);
    free(script);
    return status;
}

static void act(char **env) {
    static const struct answer answers[] = {{"name", "Ada"}, {"town", "Turin"}};
    merge(answers, 2);
}
