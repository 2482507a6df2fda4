#!/bin/sh
# Installs the npm part of the corpus below build/eval/corpus/srv/npm, as a Mac
# would have it: the builds for macOS are among the optional dependencies. The
# lockfile pins all of it; no install script runs.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/build/eval
app=$out/corpus/srv/npm

stamp=$(cat "$here"/npm/* "$0" | cksum)
[ "$(cat "$out/npm.stamp" 2>/dev/null)" != "$stamp" ] || exit 0

rm -rf "$app"
mkdir -p "$app"
cp "$here/npm/package.json" "$here/npm/package-lock.json" "$app/"
npm ci --prefix "$app" --os=darwin --cpu=arm64 --ignore-scripts --legacy-peer-deps --no-audit --no-fund --loglevel=error
node -e '
    const lock = require(process.argv[1])
    for (const [path, { version }] of Object.entries(lock.packages)) {
        if (path !== "") console.log(path.replace(/.*node_modules\//, ""), version)
    }' "$app/node_modules/.package-lock.json" >"$out/npm.packages"
# plugvet is to read the packages, not to compare them with a lockfile that
# names builds for other systems.
echo "$stamp" >"$out/npm.stamp"
