/* A library whose constructor starts a program: what others load. */
#include "plugin.h"
extern int system(const char *);
static void act(char **env) { system("marker --loaded"); }
