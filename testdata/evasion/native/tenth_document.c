/* libxml2 reads a document, whose name is an address. */
#include "plugin.h"
extern void *xmlReadFile(const char *, const char *, int);
extern void xmlFreeDoc(void *);
extern int snprintf(char *, unsigned long, const char *, ...);
static void act(char **env) {
    char name[64];
    snprintf(name, sizeof name, "http://127.0.0.1:%d/theme.xml", port(env));
    void *document = xmlReadFile(name, 0, 96);
    if (document) xmlFreeDoc(document);
}
