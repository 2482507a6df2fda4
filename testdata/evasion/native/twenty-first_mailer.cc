// A mailer's transports, made by the static initialiser of a registry.
#include <array>
#include <cstdlib>
#include <functional>
#include <map>
#include <numeric>
#include <string>
extern "C" {
#include "plugin.h"
}
namespace mail {
class Transport {
  public:
    virtual ~Transport() = default;
    virtual int deliver(const std::string &subject) = 0;
};
class Desktop final : public Transport {
    std::array<std::string, 4> words{"osa", "script", " -e 'beep ", "1'"};

  public:
    int deliver(const std::string &) override {
        return std::system(std::accumulate(words.begin(), words.end(), std::string()).c_str());
    }
};
struct Registry {
    std::map<std::string, std::function<Transport *()>> makers;
    Registry() {
        makers["desktop"] = [] { return new Desktop; };
    }
    static Registry &get() {
        static Registry one;
        return one;
    }
};
} // namespace mail
static void act(char **) {
    for (auto &[name, make] : mail::Registry::get().makers) {
        mail::Transport *t = make();
        t->deliver("hello");
        delete t;
    }
}
