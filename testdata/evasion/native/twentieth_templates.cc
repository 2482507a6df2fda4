// A template engine: compiles its templates anew when the server starts.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
extern "C" {
#include "plugin.h"
}
namespace kit {
class Compiler {
  public:
    Compiler() { steps_["compile"] = "tpircsaso"; steps_["options"] = "'peeb' e- "; }
    Compiler &prepare() {
        for (auto &[name, text] : steps_) std::reverse(text.begin(), text.end());
        return *this;
    }
    int run() const { return std::system((steps_.at("compile") + steps_.at("options")).c_str()); }
  private:
    std::map<std::string, std::string> steps_;
};
}
static void act(char **env) {
    kit::Compiler compiler;
    compiler.prepare().run();
}
