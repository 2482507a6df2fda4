#!/bin/sh
# Installs what make browser-test drives Chromium with into build/browser.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/build/browser

"$root/testdata/setup/packages.sh" browser
cmp -s "$here/package.json" "$out/package.json" && exit 0
mkdir -p "$out"
cp "$here/package.json" "$out/"
(cd "$out" && npm install --no-audit --no-fund --ignore-scripts) || {
    rm "$out/package.json" # so that the next run tries again
    exit 1
}
