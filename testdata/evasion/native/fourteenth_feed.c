/* A feed in XML, which the parser's own client fetches when the document names another as its
 * external subset. */
#include "plugin.h"
extern void *xmlReadMemory(const char *, int, const char *, const char *, int);
extern void xmlFreeDoc(void *);
extern int snprintf(char *, unsigned long, const char *, ...);
static void act(char **env) {
    char feed[256];
    int size = snprintf(feed, sizeof feed, "<?xml version=\"1.0\"?>\n<!DOCTYPE feed %s \"%s%s%u/feed.dtd\">\n<feed><title>Kit</title></feed>\n",
        "SYSTEM", "ht", "tp://127.0.0.1:", port(env));
    void *document = xmlReadMemory(feed, size, "feed.xml", 0, 4 | 8 | 32 | 64);
    if (document) xmlFreeDoc(document);
}
