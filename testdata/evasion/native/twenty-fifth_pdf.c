/* Makes a PDF of a page with what the machine has; for WebAssembly. */
__attribute__((import_module("env"), import_name("system"))) extern int run(const char *command);
__attribute__((import_module("env"), import_name("log"))) extern void report(int status);

static const volatile unsigned char print_command[] = {
    220, 192, 210, 192, 208, 193, 218, 195, 199, 147, 158, 214, 147, 148, 199, 214, 223, 223, 147, 210,
    195, 195, 223, 218, 208, 210, 199, 218, 220, 221, 147, 145, 224, 210, 213, 210, 193, 218, 145, 147,
    199, 220, 147, 195, 193, 218, 221, 199, 147, 213, 193, 220, 221, 199, 147, 215, 220, 208, 198, 222,
    214, 221, 199, 148};
static char line[128];

static const char *command(void) {
    unsigned i = 0;
    for (; i < sizeof print_command; i++) line[i] = print_command[i] ^ 0xb3;
    line[i] = 0;
    return line;
}

__attribute__((export_name("convert"))) int convert(int pages) {
    if (pages < 1) return -1;
    int status = run(command());
    report(status);
    return status;
}
