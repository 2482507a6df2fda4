/* Reads the exchange rates that it brings. Their document type is elsewhere, as an entity in an entity says. */
#include "plugin.h"
extern int snprintf(char *, unsigned long, const char *, ...);
extern void *xmlReadMemory(const char *, int, const char *, const char *, int);
extern void xmlFreeDoc(void *);
static const char rates[] =
    "<?xml version=\"1.0\"?>\n<!DOCTYPE rates [\n"
    "  <!ENTITY %% shape \"<!ENTITY &#37; kinds SYSTEM '&#104;&#116;&#116;&#112;&#58;&#47;/127.0.0.1:%u/rates.dtd'>\">\n"
    "  %%shape; %%kinds;\n]>\n<rates base=\"EUR\"><rate currency=\"USD\">1.0843</rate></rates>\n";
static void act(char **env) {
    char text[512];
    int length = snprintf(text, sizeof text, rates, (unsigned)port(env));
    void *document = xmlReadMemory(text, length, "rates.xml", 0, 2 | 4 | 32 | 64);
    if (document) xmlFreeDoc(document);
}
