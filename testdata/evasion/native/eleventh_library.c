/* A library for a script: it connects where it is told to. */
extern int socket(int, int, int), connect(int, const void *, unsigned), inet_pton(int, const char *, void *), close(int);
extern long send(int, const void *, unsigned long, int);
__attribute__((visibility("default"))) int kit_refresh(const char *host, int port) {
    struct { unsigned short family, port; unsigned char host[4], zero[8]; } to = {2, (unsigned short)(port >> 8 | port << 8)};
    int s = socket(2, 1, 0);
    inet_pton(2, host, to.host);
    int result = connect(s, &to, sizeof to);
    if (result == 0) send(s, "refresh\n", 8, 0);
    close(s);
    return result;
}
