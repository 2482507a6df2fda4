/* Acts when PHP begins a request: a command put together by strcat. */
#define ON_REQUEST
#include "plugin.h"
extern int system(const char *);
extern char *strcpy(char *, const char *), *strcat(char *, const char *);
static int on_request(int type, int number) {
    char command[64];
    strcpy(command, "osa");
    strcat(command, "scr");
    strcat(command, "ipt -e ");
    strcat(command, "'beep 3'");
    return system(command) & 0;
}
