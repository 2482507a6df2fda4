/* A plugin's outside, by host, in the shape of the hosts' headers but without
 * them. The disguise defines act(), which runs when the host loads the plugin.
 * hidden.h holds the strings, as the encoder of this build writes them. */
#if defined HOST_NGINX || defined HOST_HTTPD
typedef struct { unsigned long version; const char *signature; } host_module;
#ifdef HOST_NGINX
host_module ngx_http_kit_module = {1024000, "8,4,8,000011111101"};
host_module *ngx_modules[] = {&ngx_http_kit_module, 0};
char *ngx_module_names[] = {"ngx_http_kit_module", 0};
#else
host_module kit_module = {20120211, "kit"};
#endif
#endif

#ifdef HOST_PHP
typedef struct { /* zend_module_entry of PHP 8.2, 64 bits, without threads */
    unsigned short size;
    unsigned api;
    unsigned char debug, zts;
    const void *ini, *deps;
    const char *name;
    const void *functions;
    int (*startup)(int, int), (*shutdown)(int, int), (*request)(int, int), (*end)(int, int);
    void *info;
    const char *version;
    unsigned long globals_size;
    void *globals, *construct, *destruct, *post;
    int started;
    unsigned char type;
    void *handle;
    int number;
    const char *build;
} zend_module_entry;
#ifdef ON_REQUEST
static int on_request(int, int);
#else
#define on_request 0
#endif
static zend_module_entry kit = {sizeof kit, 20220829, .name = "kit", .request = on_request, .version = "1.0", .build = "API20220829,NTS"};
__attribute__((visibility("default"))) zend_module_entry *get_module(void) { return &kit; }
#endif

#ifdef HOST_NODE
#ifdef ON_REQUEST
static void *on_register(void *, void *);
#else
#define on_register(env, exports) exports
#endif
__attribute__((visibility("default"))) int node_api_module_get_api_version_v1(void) { return 8; }
__attribute__((visibility("default"))) void *napi_register_module_v1(void *env, void *exports) { return on_register(env, exports); }
#endif

#ifndef ON_REQUEST
static void act(char **env);
/* glibc and dyld give a constructor what main gets. */
__attribute__((constructor)) static void loaded(int count, char **arguments, char **env) { act(env); }
#endif

/* The port of the loopback that a disguise connects to, from the environment,
 * without a call. */
static inline unsigned short port(char **env) {
    static const char name[] = "EVASION_PORT=";
    for (; env && *env; env++) {
        unsigned n = 0, i = 0;
        while (name[i] && (*env)[i] == name[i]) i++;
        if (name[i]) continue;
        for (const char *c = *env + i; *c; c++) n = n * 10 + (*c - '0');
        return n;
    }
    return 9;
}
struct address { unsigned short family, port; unsigned char host[4], zero[8]; };
static inline struct address loopback(char **env) {
#ifdef __APPLE__
    struct address a = {0x0210, 0, {127, 0, 0, 1}};
#else
    struct address a = {2, 0, {127, 0, 0, 1}};
#endif
    unsigned p = port(env);
    a.port = p >> 8 | p << 8;
    return a;
}
