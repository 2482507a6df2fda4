#!/bin/sh
# What make eval-evasion does: writes the disguises, proves that they work, scans
# them and then the hostile inputs. All of it lands in build/evasion.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
go=${GO:-go}
out=$root/build/evasion
tools=$root/build/evasion-tools

if ! cmp -s "$here/tools/package.json" "$tools/package.json"; then
    mkdir -p "$tools"
    cp "$here/tools/package.json" "$tools/"
    (cd "$tools" && npm install --no-audit --no-fund --ignore-scripts) || {
        rm "$tools/package.json" # so that the next run tries again
        exit 1
    }
fi
"$root/testdata/darwin/zig.sh" version >/dev/null

cd "$root"
for program in generate prove measure hostile; do
    "$go" build -o "build/evasion-bin/$program" "./testdata/evasion/$program"
done
build/evasion-bin/generate "$out"
build/evasion-bin/prove "$out"
status=0
build/evasion-bin/measure bin/plugvet "$out" "$here/missed.toml" || status=1
build/evasion-bin/hostile bin/plugvet "$out/hostile" || status=1
echo "every disguise: $out/results.txt"
exit $status
