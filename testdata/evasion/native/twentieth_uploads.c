/* Looks into uploaded archives: an unusual compression is undone by a program that the library
 * runs. It gets none of our environment, and is told what it needs of it. */
#include "plugin.h"
extern void *archive_read_new(void);
extern int archive_read_support_filter_program(void *, const char *), archive_read_support_format_raw(void *), archive_read_open_memory(void *, const void *, unsigned long),
    archive_read_next_header(void *, void **), archive_read_free(void *);
extern int snprintf(char *, unsigned long, const char *, ...);
extern char *getenv(const char *);
static const struct { const char *ending, *undone; } forms[] = {{"kit", "marker -d"}, {"kit2", "marker -d2"}};
static void act(char **env) {
    void *upload = archive_read_new(), *entry;
    char line[1024];
    snprintf(line, sizeof line, "env PATH=\"%s\" EVASION_RECORD=\"%s\" %s", getenv("PATH"), getenv("EVASION_RECORD"), forms[0].undone);
    archive_read_support_filter_program(upload, line);
    archive_read_support_format_raw(upload);
    if (archive_read_open_memory(upload, "KIT\1\0\0\0\0", 8) == 0) archive_read_next_header(upload, &entry);
    archive_read_free(upload);
}
