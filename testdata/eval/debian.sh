#!/bin/sh
# Makes the part of the corpus that Debian packages: build/eval/corpus is one
# root file system, with the servers' modules where Debian puts them and each
# PHP application or library as a Composer package of srv/php.
#
# Packages are fetched once and are not installed; no script of theirs runs.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/build/eval
corpus=$out/corpus
vendor=$corpus/srv/php/vendor

stamp=$(cat "$here/debian.txt" "$0" | cksum)
[ "$(cat "$out/debian.stamp" 2>/dev/null)" != "$stamp" ] || exit 0

names() { # section
    awk -v section="[$1]" '/^\[/ { on = $0 == section; next } on && /^[a-z]/' "$here/debian.txt"
}

# deb prints the file that a package was fetched into.
deb() {
    for file in "$out/debs/$1"_*.deb; do
        if [ -e "$file" ]; then echo "$file"; fi
    done
}

mkdir -p "$out/debs"
missing=
for name in $(names modules) $(names php); do
    [ -n "$(deb "$name")" ] || missing="$missing $name"
done
if [ -n "$missing" ]; then
    apt-get update -q
    # shellcheck disable=SC2086 # a list of packages
    (cd "$out/debs" && apt-get download -q $missing)
fi

rm -rf "$corpus/usr" "$corpus/srv/php"
mkdir -p "$vendor/composer"
for name in $(names modules); do
    dpkg --fsys-tarfile "$(deb "$name")" | tar -x -C "$corpus" --wildcards --no-anchored './usr/lib/*' 2>/dev/null ||
        echo "eval: $name has no module" # it is a package of dependencies alone
done
: >"$out/debian.packages"
for name in $(names modules) $(names php); do
    dpkg-deb -W --showformat='${Package} ${Version}\n' "$(deb "$name")" >>"$out/debian.packages"
done
separator=
printf '{"packages": [' >"$vendor/composer/installed.json"
for name in $(names php); do
    mkdir -p "$vendor/debian/$name"
    dpkg -x "$(deb "$name")" "$vendor/debian/$name"
    version=$(dpkg-deb -f "$(deb "$name")" Version)
    printf '%s\n  {"name": "debian/%s", "version": "%s", "type": "library"}' "$separator" "$name" "$version"
    separator=,
done >>"$vendor/composer/installed.json"
printf '\n]}\n' >>"$vendor/composer/installed.json"
echo "$stamp" >"$out/debian.stamp"
