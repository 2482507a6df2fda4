#!/bin/sh
# Labels the scripts of a list in two processes: label.sh CORPUS LIST OUT.tsv
# It installs the TypeScript compiler, its only dependency, into build/eval/tool.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
typescript=5.9.3
EVAL_TOOL=$root/build/eval/tool
export EVAL_TOOL

mkdir -p "$EVAL_TOOL"
if [ "$(sed -n 's/^ *"version": "\(.*\)".*/\1/p' "$EVAL_TOOL/node_modules/typescript/package.json" 2>/dev/null)" != $typescript ]; then
    npm install --prefix "$EVAL_TOOL" --no-save --no-audit --no-fund --ignore-scripts typescript@$typescript
fi

# The stack of deep bundles needs more room than the usual megabyte.
label() { # part
    (ulimit -s unlimited && node --stack-size=60000 --max-old-space-size=6000 "$here/label.mjs" "$1" "$2" "$3")
}
label "$1" "$2" 1/2 >"$3.1" &
first=$!
label "$1" "$2" 2/2 >"$3.2"
wait $first
cat "$3.1" "$3.2" >"$3"
rm "$3.1" "$3.2"
