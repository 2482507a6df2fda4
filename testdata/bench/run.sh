#!/bin/sh
# What make bench does after the Go benchmarks: sets up the trees and runs the
# comparison of testdata/bench/measure over them. Its table lands in
# build/bench/table.md; a bound that is missed makes it fail.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/build/bench

cd "$root"
for program in bare generate measure; do
    "${GO:-go}" build -o "$out/bin/$program" "./testdata/bench/$program"
done
"$here/trees.sh"
"$out/bin/measure" -plugvet bin/plugvet -bare "$out/bin/bare" -rules signatures -trees "$out" -out "$out/table.md" "$@"
