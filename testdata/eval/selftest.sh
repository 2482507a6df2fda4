#!/bin/sh
# Tests the labellers (make eval-selftest): each must say of small files what
# stands beside them, no more and no less. Native code is the fixtures of
# testdata/fixtures/native, whose names say what they import.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/build/eval/selftest
rm -rf "$out"
mkdir -p "$out"

# split writes the files of selftest/LANGUAGE.txt, their list and expected labels.
split() { # language
    mkdir "$out/$1"
    awk -v dir="$out/$1" '
        /^-- .* --$/ {
            file = dir "/" $3
            print $3 >(dir ".list")
            if ($2 != "none") {
                count = split($2, labels, ",")
                for (i = 1; i <= count; i++) print $3 "\t" labels[i] >(dir ".expected")
            }
            next
        }
        file != "" { print >file }' "$here/selftest/$1.txt"
}

check() { # language
    cut -f 1,2 "$out/$1.tsv" | grep -v '	-$' | sort >"$out/$1.found" || true
    sort "$out/$1.expected" | diff - "$out/$1.found" >"$out/$1.diff" || {
        echo "eval-selftest: the labeller of $1 is wrong (< expected, > found):" >&2
        cat "$out/$1.diff" >&2
        exit 1
    }
    echo "eval-selftest: $1: $(wc -l <"$out/$1.list") files, as expected"
}

split javascript
"$here/javascript/label.sh" "$out/javascript" "$out/javascript.list" "$out/javascript.tsv"
check javascript

split php
php -n -d extension=tokenizer "$here/php.php" "$out/php" "$out/php.list" >"$out/php.tsv"
check php

cat >"$out/native.expected" <<'END'
linux-x86_64/nginx_dlsym.so	dynload
linux-x86_64/nginx_osascript_exec.so	applescript
linux-x86_64/nginx_osascript_exec.so	exec
linux-x86_64/nginx_socket_no_sections.so	socket
macos-arm64/nginx_osa.so	applescript
macos-arm64/node_applescript_no_symtab.node	applescript
macos-universal/nginx_applescript.so	applescript
macos-x86_64/nginx_socket.so	socket
END
{ cut -f 1 "$out/native.expected"; echo linux-x86_64/nginx_clean.so; echo macos-arm64/node_clean.node; } | sort -u >"$out/native.list"
"$here/native.sh" "$root/testdata/fixtures/native" "$out/native.list" >"$out/native.tsv"
check native
