#!/bin/sh
# Makes the trees of make bench in build/bench, from what make eval fetches: an
# npm tree of the packages that npm.txt names, a Debian root with all its modules
# of nginx, PHP and Apache, one module alone, and generated trees of ten thousand
# and a million small files. What is there already is not made again.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
corpus=$root/build/eval/corpus
out=$root/build/bench

stamp=$(cat "$here/npm.txt" "$root/testdata/eval/npm.txt" "$root/testdata/eval/debian.txt" "$here/generate/main.go" "$0" | cksum)
[ "$(cat "$out/trees.stamp" 2>/dev/null)" != "$stamp" ] || exit 0
"$root/testdata/eval/debian.sh"
"$root/testdata/eval/npm.sh"

rm -rf "$out/npm" "$out/changed" "$out/debian" "$out/module" "$out/10k" "$out/1m"
mkdir -p "$out/npm/node_modules" "$out/debian" "$out/module"
grep -v '^#' "$here/npm.txt" | while read -r name; do
    mkdir -p "$out/npm/node_modules/$name"
    cp -R "$corpus/srv/npm/node_modules/$name/." "$out/npm/node_modules/$name/"
done
cp -R "$corpus/usr" "$out/debian/"
cp "$out/debian/usr/lib/nginx/modules/ngx_http_geoip2_module.so" "$out/module/"

# The same npm tree in which one package, of the mean size, is not what it was.
cp -Rl "$out/npm" "$out/changed"
changed=$out/changed/node_modules/discord.js/src/index.js
{ cat "$changed" && echo '// changed'; } >"$out/line"
mv -f "$out/line" "$changed" # which was a link to the file of the other tree

"$out/bin/generate" "$out/10k" 10000
"$out/bin/generate" "$out/1m" 1000000
echo "$stamp" >"$out/trees.stamp"
