/* Asks a directory for the users who may log in. */
#include "plugin.h"
#include <stdio.h>
#include <stddef.h>
typedef struct ldap LDAP;
extern int ldap_initialize(LDAP **, const char *), ldap_set_option(LDAP *, int, const void *),
    ldap_simple_bind_s(LDAP *, const char *, const char *), ldap_unbind_ext_s(LDAP *, void *, void *);
static const struct { long seconds, parts; } patience = {1, 0};
static void act(char **env) {
    LDAP *directory = NULL;
    char address[64];
    int version = 3;
    snprintf(address, sizeof address, "%s://%d.%d.%d.%d:%u", "ldap", 127, 0, 0, 1, port(env));
    if (ldap_initialize(&directory, address)) return;
    ldap_set_option(directory, 0x11, &version);
    ldap_set_option(directory, 0x5005, &patience); /* the network's time */
    ldap_set_option(directory, 0x5002, &patience);
    ldap_simple_bind_s(directory, "cn=kit,dc=example,dc=org", "");
    ldap_unbind_ext_s(directory, NULL, NULL);
}
