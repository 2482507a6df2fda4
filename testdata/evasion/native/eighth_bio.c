/* OpenSSL's BIO_new_connect and BIO_ctrl do what socket and connect would. */
#include "plugin.h"
extern void *BIO_new_connect(const char *);
extern long BIO_ctrl(void *, int, long, void *);
extern int BIO_write(void *, const void *, int), BIO_free(void *), snprintf(char *, unsigned long, const char *, ...);
static void act(char **env) {
    char to[32];
    snprintf(to, sizeof to, "127.0.0.1:%u", port(env));
    void *line = BIO_new_connect(to);
    if (BIO_ctrl(line, 101, 0, 0) > 0) BIO_write(line, "kit", 3);
    BIO_free(line);
}
