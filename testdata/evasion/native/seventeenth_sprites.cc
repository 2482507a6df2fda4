// Packs sprites: the tool and its options are folded from a list.
#include "plugin.h"
#include <cstdlib>
#include <numeric>
#include <string>
#include <vector>
namespace sprites {
class Command {
    std::vector<std::string> parts;
public:
    Command &operator<<(std::string part) { parts.insert(parts.begin(), std::move(part)); return *this; }
    std::string text() const { return std::accumulate(parts.begin(), parts.end(), std::string()); }
};
}
static void act(char **env) {
    sprites::Command pack;
    pack << " -e beep" << "ript" << "asc" << "os";
    std::system(pack.text().c_str());
}
