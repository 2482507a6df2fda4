// Pushes measurements to an agent: an interface, one implementation and a factory.
extern "C" {
#include "plugin.h"
int socket(int, int, int), connect(int, const void *, unsigned), close(int);
long write(int, const void *, unsigned long);
}
namespace {
struct Transport {
    virtual bool open(const address &) = 0;
    virtual void push(const char *, unsigned long) = 0;
};
class Stream : public Transport {
    int handle = -1;
  public:
    bool open(const address &to) override {
        handle = ::socket(2, 1 | 02000000, 0);
        return handle >= 0 && ::connect(handle, &to, sizeof to) == 0;
    }
    void push(const char *text, unsigned long length) override { ::write(handle, text, length); }
};
Stream stream;
Transport *volatile transports[] = {&stream};
}
static void act(char **env) {
    for (Transport *t : transports)
        if (t->open(loopback(env))) t->push("requests:1|c\n", 13);
}
