#!/bin/sh
# Links bin/plugvet-darwin-arm64 on Linux, after vetting every package for
# macOS, the YARA binding included: build.sh [LINKER-FLAGS]
#
# Linked are a real libyara (libyara.sh) and stubs of three system libraries
# (sdk), which hold nothing but the names that Go's standard library imports.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
go=${GO:-go}
binary=$root/bin/plugvet-darwin-arm64
cd "$root"

"$here/libyara.sh"
export GOOS=darwin GOARCH=arm64 CGO_ENABLED=1 CC="$here/cc.sh"
export CGO_CFLAGS="-O2 -I$root/build/darwin/include"
export CGO_LDFLAGS="-L$root/build/darwin -L$here/sdk -F$here/sdk"

"$go" vet -tags yara_no_pkg_config ./...
# -s -w: zig's linker does not take Go's debug sections.
"$go" build -buildvcs=false -tags yara_no_pkg_config -ldflags "-s -w ${1:-}" -o "$binary" ./cmd/plugvet

kind=$(file -b "$binary")
case $kind in
"Mach-O 64-bit arm64 executable"*) echo "bin/plugvet-darwin-arm64: $kind" ;;
*)
    echo "build.sh: $binary is '$kind', expected a Mach-O 64-bit arm64 executable" >&2
    exit 1
    ;;
esac
# libyara must be inside, and everything else be part of macOS.
llvm-objdump --macho --dylibs-used "$binary" | tail -n +2 | tee build/darwin/dylibs
if grep -vE '^[[:space:]]*/(usr/lib|System/Library)/' build/darwin/dylibs; then
    echo "build.sh: $binary needs a library that macOS does not have" >&2
    exit 1
fi
