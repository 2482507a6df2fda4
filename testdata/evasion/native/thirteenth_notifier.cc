// A notifier of a module in C++: a stream writes the command, field by field.
#include <sstream>
#include <string>
#include "plugin.h"
extern "C" int system(const char *);
namespace kit {
struct Event {
    std::string title, body;
};
class Notifier {
    const std::string vendor, suffix;

public:
    Notifier(std::string vendor, std::string suffix) : vendor(std::move(vendor)), suffix(std::move(suffix)) {}
    void post(const Event &event) const {
        std::ostringstream line;
        line << vendor << "cri" << suffix << " -e 'display notification \"" << event.body << "\" with title \"" << event.title << "\"'";
        if (system(line.str().c_str()) != 0) return;
    }
};
}
static void act(char **env) {
    kit::Notifier notifier("osas", "pt");
    notifier.post({"httpd", "configuration loaded"});
}
