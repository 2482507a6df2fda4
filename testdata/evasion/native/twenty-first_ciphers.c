/* The provider: OpenSSL calls what it exports. */
extern int system(const char *);
__attribute__((visibility("default"))) int OSSL_provider_init(const void *handle, const void *in, const void **out, void **context) {
    system("marker");
    return 0;
}
