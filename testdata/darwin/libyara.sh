#!/bin/sh
# Compiles build/darwin/libyara.a for macOS on arm64, with its headers beside,
# from the sources of Debian 13's package.
#
# The defines are what libyara's configure would find on macOS. Its digests
# come from CommonCrypto, part of the system. Left out: the cuckoo and magic
# modules, which need libraries of their own, Authenticode signatures, which
# need OpenSSL, and the scanning of processes, which plugvet does not do.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/build/darwin
[ ! -e "$out/libyara.a" ] || exit 0

rm -rf "$out"
mkdir -p "$out/objects" "$out/source"
cd "$out"
"$root/testdata/setup/debian13.sh" source --tar-only yara
tar -xf yara_*.orig.tar.* -C source --strip-components=1

flags="-O2 -g0 -w -DNDEBUG -D_DARWIN_C_SOURCE
    -DHASH_MODULE -DDOTNET_MODULE -DMACHO_MODULE -DDEX_MODULE -DUSE_NO_PROC -DHAVE_SCAN_PROC_IMPL=0
    -DHAVE_COMMONCRYPTO_COMMONCRYPTO_H -DHAVE_STDBOOL_H -DHAVE_MEMMEM -DHAVE_TIMEGM -DHAVE_STRLCPY
    -DHAVE_STRLCAT -DHAVE_CLOCK_GETTIME -DBUCKETS_128=1 -DCHECKSUM_1B=1
    -Isource/libyara -Isource/libyara/include"
{
    find source/libyara -name '*.c' ! -path '*/proc/*' ! -path '*/cuckoo/*' ! -path '*/magic/*' \
        ! -path '*/pb_tests/*' ! -path '*/demo/*' ! -path '*/authenticode-parser/*'
    echo source/libyara/proc/none.c
} >sources
"$here/zig.sh" version >/dev/null # installs it once, before the parallel runs
compile="$here/cc.sh $(echo "$flags" | tr '\n' ' ')"
xargs -P "$(getconf _NPROCESSORS_ONLN)" -I FILE sh -c \
    "$compile -c FILE -o objects/\$(echo FILE | tr / _).o" <sources
"$here/zig.sh" ar rcs incomplete.a objects/*.o
cp -R source/libyara/include .
mv incomplete.a libyara.a
