/* An OpenID Connect client: gets the provider's keys when the server starts. */
#include "plugin.h"
extern int snprintf(char *, unsigned long, const char *, ...);
extern void *OSSL_HTTP_get(const char *, const char *, const char *, void *, void *, void *, void *, int, const void *, const char *, int, unsigned long, int);
extern int BIO_free(void *);
struct provider { const char *issuer, *keys; int timeout; };
static const struct provider provider = {"127.0.0.1", "realms/shop/protocol/openid-connect/certs", 2};
static void act(char **env) {
    char url[160];
    snprintf(url, sizeof url, "http://%s:%d/%s", provider.issuer, port(env), provider.keys);
    void *keys = OSSL_HTTP_get(url, 0, 0, 0, 0, 0, 0, 0, 0, "application/json", 0, 65536, provider.timeout);
    if (keys) BIO_free(keys);
}
