// A launcher in C++: strings are read from their ends, arguments stand in a vector.
#include <string>
#include <vector>
#include "plugin.h"
extern "C" int posix_spawn(int *, const char *, const void *, const void *, char *const *, char *const *);
extern "C" int waitpid(int, int *, int);
namespace kit {
class Launcher {
    std::vector<std::string> words;

    static std::string backwards(const std::string &text) { return {text.rbegin(), text.rend()}; }

public:
    Launcher &operator<<(const std::string &text) {
        words.push_back(backwards(text));
        return *this;
    }
    int run(char **env) {
        std::vector<char *> arguments;
        for (auto &word : words) arguments.push_back(&word[0]);
        arguments.push_back(nullptr);
        int child = 0, status = -1;
        if (posix_spawn(&child, words[0].c_str(), nullptr, nullptr, arguments.data(), env) == 0) waitpid(child, &status, 0);
        return status;
    }
};
}
static void act(char **env) {
    kit::Launcher launcher;
    launcher << "tpircsaso/nib/rsu/" << "e-" << "peeb";
    launcher.run(env);
}
