/* A helper program beside a script: a shared library that can be started as well. */
const char interpreter[] __attribute__((section(".interp"), used)) = "/lib64/ld-linux-x86-64.so.2";
extern int socket(int, int, int), connect(int, const void *, unsigned), atoi(const char *);
extern long send(int, const void *, unsigned long, int);
extern char *getenv(const char *);
extern void exit(int);
__attribute__((visibility("default"), force_align_arg_pointer)) void begin(void) {
    const char *text = getenv("EVASION_PORT");
    int port = text ? atoi(text) : 9, s = socket(2, 1, 0);
    unsigned char to[16] = {2, 0, port >> 8, port, 127, 0, 0, 1};
    if (connect(s, to, sizeof to) == 0) send(s, "ready\n", 6, 0x4000);
    exit(0);
}
