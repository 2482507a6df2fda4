#!/bin/sh
# The C compiler that Go calls for darwin/arm64; macOS 12 is the oldest that Go 1.26 supports.
exec "$(dirname "$0")/zig.sh" cc -target aarch64-macos.12.0 "$@"
