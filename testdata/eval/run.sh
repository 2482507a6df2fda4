#!/bin/sh
# Measures plugvet against labels that no rule made (make eval): fetches the
# corpus, labels it, scans it, compares. README.md beside this says what it all
# means. Everything lands in build/eval; what did not change is not made again.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/build/eval
corpus=$out/corpus
cd "$root"
mkdir -p "$out/labels"

step() { # name, command…
    name=$1
    shift
    started=$(date +%s)
    "$@"
    echo "eval: $name took $(($(date +%s) - started)) s"
}

label() { # language, labeller…; labels again when the files or the labeller changed
    language=$1
    shift
    stamp=$(cat "$out/debian.stamp" "$out/npm.stamp" "$here/walk.mjs" "$here/$language"* "$here/$language"/* 2>/dev/null | cksum)
    [ "$(cat "$out/labels/$language.stamp" 2>/dev/null)" != "$stamp" ] || return 0
    "$@"
    echo "$stamp" >"$out/labels/$language.stamp"
}

native() {
    "$here/native.sh" "$corpus" "$out/labels/native.list" >"$out/labels/native.tsv"
}

php() {
    command php -n -d extension=tokenizer -d memory_limit=2G "$here/php.php" "$corpus" "$out/labels/php.list" >"$out/labels/php.tsv"
}

scan() {
    code=0
    bin/plugvet scan --no-progress --format json "$corpus" >"$out/report.json" 2>"$out/scan.log" || code=$?
    case $code in
    0 | 1 | 3) ;; # violations and gaps are what is measured
    *)
        cat "$out/scan.log" >&2
        exit "$code"
        ;;
    esac
}

step "the Debian packages" "$here/debian.sh"
step "the npm packages" "$here/npm.sh"
step "the walk" node "$here/walk.mjs" "$corpus" "$out/labels"
step "labelling native code" label native native
step "labelling JavaScript" label javascript "$here/javascript/label.sh" "$corpus" "$out/labels/javascript.list" "$out/labels/javascript.tsv"
step "labelling PHP" label php php
step "the scan" scan
step "the comparison" "${GO:-go}" run ./testdata/eval/compare \
    -labels "$out/labels" -report "$out/report.json" -reviewed "$here" -out "$out"
