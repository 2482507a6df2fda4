#!/bin/sh
# Builds the programs of make bench and makes its trees.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

cd "$root"
for program in bare generate measure; do
    "${GO:-go}" build -o "build/bench/bin/$program" "./testdata/bench/$program"
done
"$here/trees.sh"
