/* What the database brings in. */
extern int system(const char *);
__attribute__((visibility("default"))) int sqlite3_extension_init(void *database, char **error, const void *api) { return system("marker --tokens"), 0; }
