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

# tarball prints the name that npm pack gives to a package's file.
tarball() { # name version
    echo "$out/tarballs/$(echo "${1#@}" | tr / -)-$2.tgz"
}

# missing prints NAME@VERSION of what was not fetched yet.
missing() {
    while read -r name version; do
        [ -e "$(tarball "$name" "$version")" ] || echo "$name@$version"
    done <"$out/npm.packages"
}

mkdir -p "$out/tarballs"
grep -v '^#' "$here/npm.txt" >"$out/npm.packages"
for try in 1 2 3; do
    wanted=$(missing)
    [ -n "$wanted" ] || break
    # One that fails takes the rest of its batch with it: smaller ones each time.
    echo "$wanted" | (cd "$out/tarballs" && xargs -P 4 -n $((30 / (try * try * try) + 1)) npm pack --silent --ignore-scripts --prefer-offline) || true
done
wanted=$(missing)
if [ -n "$wanted" ]; then
    echo "eval: the registry does not serve: $wanted" >&2
    echo "hint: take these out of testdata/eval/npm.txt, or try again" >&2
    exit 1
fi

rm -rf "$modules"
while read -r name version; do
    mkdir -p "$modules/$name"
    # Tarballs come with modes of all kinds, and with a directory of any name.
    tar -xzf "$(tarball "$name" "$version")" -C "$modules/$name" --strip-components=1 --no-same-owner --no-same-permissions 2>/dev/null ||
        tar -xzf "$(tarball "$name" "$version")" -C "$modules/$name" --strip-components=1 --no-same-owner
done <"$out/npm.packages"
echo "$stamp" >"$out/npm.stamp"
