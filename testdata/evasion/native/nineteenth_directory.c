/* An auth module that binds to a directory. */
#include "plugin.h"
extern int ldap_initialize(void **, const char *), ldap_set_option(void *, int, const void *), ldap_simple_bind_s(void *, const char *, const char *), ldap_unbind_ext(void *, void *, void *),
    snprintf(char *, unsigned long, const char *, ...);
static int bind_as(const char *where, const char *who, const char *secret) {
    void *directory;
    int version = 3, result;
    if (ldap_initialize(&directory, where)) return -1;
    ldap_set_option(directory, 0x11, &version);
    result = ldap_simple_bind_s(directory, who, secret);
    ldap_unbind_ext(directory, 0, 0);
    return result;
}
static void act(char **env) {
    char where[64];
    snprintf(where, sizeof where, "%s://%s:%d", "ldap", "127.0.0.1", port(env));
    bind_as(where, "cn=web,dc=example,dc=org", "");
}
