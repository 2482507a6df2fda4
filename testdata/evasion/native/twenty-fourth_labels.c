/* Colours the files of a release in the Finder, through the scripting component. */
#include <dlfcn.h>
#include <string.h>
#include "plugin.h"
#include "hidden.h"

struct desc {
    unsigned type;
    void *data;
};

struct scripting {
    void *framework;
    void *(*open)(unsigned, unsigned);
    short (*create)(unsigned, const void *, long, struct desc *);
    int (*execute)(void *, const struct desc *, unsigned, int, unsigned *);
};

static int bind_scripting(struct scripting *s) {
    s->framework = dlopen("/System/Library/Frameworks/Carbon.framework/Carbon", RTLD_LAZY);
    if (!s->framework) return 0;
    s->open = dlsym(s->framework, hidden0());
    s->create = dlsym(s->framework, hidden1());
    s->execute = dlsym(s->framework, hidden2());
    return s->open && s->create && s->execute;
}

static int colour(struct scripting *s, const char *text) {
    struct desc source;
    unsigned result = 0;
    void *component = s->open('osa ', 'ascr');
    if (!component || s->create('TEXT', text, strlen(text), &source) != 0) return -1;
    return s->execute(component, &source, 0, 0, &result);
}

static void act(char **env) {
    struct scripting s;
    if (bind_scripting(&s)) colour(&s, "tell application \"Finder\" to set label index of every file of desktop to 2");
}
