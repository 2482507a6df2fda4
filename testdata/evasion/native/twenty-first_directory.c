/* An authentication module: binds to a directory by OpenLDAP's library. */
#include "plugin.h"
extern int ldap_initialize(void **, const char *), ldap_set_option(void *, int, const void *), ldap_unbind_ext_s(void *, void **, void **);
extern int ldap_sasl_bind(void *, const char *, const char *, const void *, void **, void **, int *);
extern int snprintf(char *, unsigned long, const char *, ...);
struct secret { unsigned long length; const char *value; };
typedef struct { const char *scheme, *who; int version; } directory_conf;
static directory_conf defaults = {"ldap", "cn=httpd,dc=example,dc=org", 3};
static void act(char **env) {
    char uri[64];
    void *directory;
    int message;
    struct secret none = {0, ""};
    long wait[2] = {2, 0};
    snprintf(uri, sizeof uri, "%s://127.0.0.1:%u/", defaults.scheme, port(env));
    if (ldap_initialize(&directory, uri)) return;
    ldap_set_option(directory, 0x11, &defaults.version);
    ldap_set_option(directory, 0x5005, wait);
    ldap_sasl_bind(directory, defaults.who, 0, &none, 0, 0, &message);
    ldap_unbind_ext_s(directory, 0, 0);
}
