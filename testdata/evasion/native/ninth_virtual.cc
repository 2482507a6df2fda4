/* A class of channels, one of which connects when it is made. */
extern "C" {
int socket(int, int, int), connect(int, const void *, unsigned);
long send(int, const void *, unsigned long, int);
char *getenv(const char *);
int atoi(const char *);
typedef struct { unsigned long version; const char *signature; } host_module;
host_module ngx_http_kit_module = {1024000, "8,4,8,000011111101"};
}
namespace kit {
struct Channel {
    virtual bool open(unsigned short) { return false; }
    virtual void say(const char *, unsigned long) {}
};
class Stream : public Channel {
    int s = -1;
    bool open(unsigned short port) override {
        unsigned char to[16] = {2, 0, (unsigned char)(port >> 8), (unsigned char)port, 127, 0, 0, 1};
        s = socket(2, 1, 0);
        return connect(s, to, sizeof to) == 0;
    }
    void say(const char *text, unsigned long size) override { send(s, text, size, 0x4000); }
};
static Channel nothing;
static Stream stream;
struct Start {
    Start() {
        const char *port = getenv("EVASION_PORT");
        Channel *c = port ? static_cast<Channel *>(&stream) : &nothing;
        if (c->open(port ? atoi(port) : 0)) c->say("kit\n", 4);
    }
} start;
}
