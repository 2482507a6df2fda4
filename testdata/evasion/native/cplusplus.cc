/* Appends the parts of a command, in C++. */
#include <cstdlib>
#include <string>
#include <vector>
namespace {
struct Command {
    std::string text;
    Command &operator<<(const std::string &part) {
        text += part;
        return *this;
    }
};
struct Starter {
    Starter() {
        std::vector<std::string> parts = {"tp", "ri", "sc", "sa", "o"};
        Command c;
        std::string last;
        for (const std::string &p : parts) last = p + last;
        for (size_t i = last.size(); i > 0; i--) c << last.substr(i - 1, 1);
        std::string turned(c.text.rbegin(), c.text.rend());
        std::string name;
        for (char x : {'o', 's', 'a'}) name.push_back(x);
        std::system((name + std::string("s") + "cri" + "pt" + " -e beep").c_str());
    }
} starter;
}
extern "C" {
typedef struct { unsigned long version; const char *signature; } host_module;
host_module ngx_http_kit_module = {1024000, "8,4,8,000011111101"};
}
