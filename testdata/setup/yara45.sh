#!/bin/sh
# Runs the tests of all packages that use libyara against Debian 13's 4.5.x, on
# a machine whose own is older.
#
# Debian 13's library wants its newer libc, so the whole set is unpacked into
# build/yara45; the programs link against that tree and name its dynamic
# loader, which makes them run as they are. On a machine that has 4.5 already
# the tests run as they are.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
go=${GO:-go}
cd "$root"

if ! pkg-config --exists 'yara >= 4.5'; then
    tree=$root/build/yara45
    if [ ! -e "$tree/unpacked" ]; then
        testdata/setup/debian13.sh install --download-only libyara-dev libc6-dev
        rm -rf "$tree"
        mkdir -p "$tree"
        for package in build/debian13/cache/archives/*.deb; do dpkg -x "$package" "$tree"; done
        for dir in lib lib64; do ln -sfn usr/$dir "$tree/$dir"; done
        touch "$tree/unpacked"
    fi
    libs=$tree/usr/lib/$(gcc -print-multiarch)
    loader=$(find "$tree"/usr/lib* -name 'ld-linux*.so.?' | head -n 1)
    export CGO_CFLAGS="-O2 --sysroot=$tree"
    export CGO_LDFLAGS="-O2 --sysroot=$tree -Wl,--dynamic-linker=$loader -Wl,-rpath,$libs"
    export PKG_CONFIG_SYSROOT_DIR="$tree" PKG_CONFIG_LIBDIR="$libs/pkgconfig"
fi

"$go" build -buildvcs=false -o build/plugvet-yara45 ./cmd/plugvet
version=$(build/plugvet-yara45 version)
echo "$version"
case $version in
*"libyara 4.5."*) ;;
*)
    echo "yara45.sh: expected libyara 4.5.x" >&2
    exit 1
    ;;
esac
# The others that link libyara ask it for nothing but through these two. What the
# second asks the decoders for does not depend on the engine.
"$go" test ./scanner
"$go" test -run 'Fixture|Public|Compile|Load|Scan' ./scanner/match
