#!/bin/sh
# The C compiler that Go calls for darwin/arm64; macOS 12 is the oldest that Go 1.26 supports.
case " $* " in
*" -### "*)
    # Go asks for the compiler's identity with input from "-"; zig takes that
    # for a name and leaves "-.o" behind.
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    here=$(cd "$(dirname "$0")" && pwd)
    cd "$work" && "$here/zig.sh" cc -target aarch64-macos.12.0 "$@"
    ;;
*) exec "$(dirname "$0")/zig.sh" cc -target aarch64-macos.12.0 "$@" ;;
esac
