#!/bin/sh
# Makes the npm part of the corpus: each package of npm.txt, just as its author
# published it, in build/eval/corpus/srv/npm/node_modules. Dependencies come in
# only where the list names them, so that the corpus is the same every time. No
# package's script runs.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/build/eval
modules=$out/corpus/srv/npm/node_modules

stamp=$(cat "$here/npm.txt" "$0" | cksum)
[ "$(cat "$out/npm.stamp" 2>/dev/null)" != "$stamp" ] || exit 0

# tarballs prints for each package what npm pack calls its file, NAME@VERSION
# and NAME.
tarballs() {
    awk '{ file = $1; sub(/^@/, "", file); gsub("/", "-", file); print file "-" $2 ".tgz", $1 "@" $2, $1 }' "$out/npm.packages"
}

# missing prints NAME@VERSION of what was not fetched yet.
missing() {
    tarballs | while read -r file spec _; do
        [ -e "$out/tarballs/$file" ] || echo "$spec"
    done
}

mkdir -p "$out/tarballs"
grep -v '^#' "$here/npm.txt" >"$out/npm.packages"
for try in 1 2 3; do
    wanted=$(missing)
    [ -n "$wanted" ] || break
    # One that fails takes the rest of its batch with it: smaller ones each time.
    echo "$wanted" | (cd "$out/tarballs" && xargs -P 4 -n $((30 / (try * try * try) + 1)) npm pack --silent --ignore-scripts --prefer-offline >/dev/null) || true
done
wanted=$(missing)
if [ -n "$wanted" ]; then
    echo "eval: the registry does not serve: $wanted" >&2
    echo "hint: take these out of testdata/eval/npm.txt, or try again" >&2
    exit 1
fi

rm -rf "$modules"
tarballs | while read -r file _ name; do
    mkdir -p "$modules/$name"
    # Authors pack modes of all kinds, and directories of any name.
    tar -xzf "$out/tarballs/$file" -C "$modules/$name" --strip-components=1 --no-same-owner --warning=no-unknown-keyword
    chmod -R u+rwX "$modules/$name"
done
echo "$stamp" >"$out/npm.stamp"
