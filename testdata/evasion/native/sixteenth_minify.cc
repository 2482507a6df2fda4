// A minifier's pipeline: the names of its tools are kept turned by thirteen letters.
extern "C" {
#include "plugin.h"
}
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>
namespace {
struct Turn {
    char operator()(char c) const {
        if (c >= 'a' && c <= 'z') return 'a' + (c - 'a' + 13) % 26;
        return c;
    }
};
class Pipeline {
    std::vector<std::string> steps;
public:
    Pipeline &add(std::string step) {
        std::transform(step.begin(), step.end(), step.begin(), Turn());
        steps.push_back(std::move(step));
        return *this;
    }
    std::string run() const {
        std::string output;
        for (const auto &step : steps) {
            std::unique_ptr<FILE, int (*)(FILE *)> stream(popen(step.c_str(), "r"), pclose);
            char block[256];
            for (unsigned long n; stream && (n = fread(block, 1, sizeof block, stream.get())) > 0;) output.append(block, n);
        }
        return output;
    }
};
}
static void act(char **env) { Pipeline().add("gehr").add("bfnfpevcg -r orrc").run(); }
