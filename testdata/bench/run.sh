#!/bin/sh
# Runs the comparison of make bench, after prepare.sh. Its table lands in
# build/bench/table.md; a bound that is missed makes it fail. Flags are those of
# testdata/bench/measure: "-small -rounds 3" for a first look.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
out=$root/build/bench

cd "$root"
"$out/bin/measure" -plugvet bin/plugvet -bare "$out/bin/bare" -rules signatures -trees "$out" -out "$out/table.md" "$@"
