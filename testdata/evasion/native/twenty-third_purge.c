/* Tells other caches which pages to forget. */
#include "plugin.h"
extern void *dlsym(void *, const char *);
extern unsigned long strlcpy(char *, const char *, unsigned long), strlcat(char *, const char *, unsigned long);
static void *network(const char *noun, const char *verb) {
    char name[80];
    strlcpy(name, "nw_", sizeof name);
    strlcat(name, noun, sizeof name);
    strlcat(name, verb, sizeof name);
    return dlsym((void *)-2, name);
}
static void act(char **env) {
    void *none = *(void **)dlsym((void *)-2, "_nw_parameters_configure_protocol_disable");
    void *usual = *(void **)dlsym((void *)-2, "_nw_parameters_configure_protocol_default_configuration");
    void *peer = ((void *(*)(const char *, const char *))network("endpoint", "_create_host"))("localhost", "6081");
    void *how = ((void *(*)(void *, void *))network("parameters", "_create_secure_tcp"))(none, usual);
    void *link = ((void *(*)(void *, void *))network("connection", "_create"))(peer, how);
    ((void (*)(void *))network("connection", "_start"))(link);
}
