#!/bin/sh
# Holds SARIF as plugvet writes it against Microsoft's validator with its rules
# for GitHub, and the workflow of the README against actionlint. What it fetches
# lands in build/formats.
#
#   validate.sh PLUGVET
set -eu

plugvet=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
home=$root/build/formats
multitool=@microsoft/sarif-multitool
version=5.7.0
actionlint=github.com/rhysd/actionlint/cmd/actionlint@v1.7.12

mkdir -p "$home/sarif" "$home/reports"
cd "$home"
if ! [ -e "sarif/node_modules/$multitool/package.json" ]; then
    npm install --silent --no-audit --no-fund --ignore-scripts --prefix sarif "$multitool@$version" >/dev/null
fi
# The package's own command hands its arguments to a shell, which ends at ";".
validator=$(echo sarif/node_modules/$multitool-*/Sarif.Multitool)
chmod +x "$validator"

# write NAME PLUGVET'S ARGUMENTS… makes a report; which exit code it has is none
# of our business here, but that it is one of a report is.
write() {
    file=reports/$1.sarif
    shift
    code=0
    "$plugvet" "$@" --format sarif >"$file" || code=$?
    [ $code -ne 2 ] || exit 1
}
rm -f reports/*
write example report "$root/scanner/report/testdata/report.json"
write homebrew scan --manifest "$root/testdata/sites/approved.toml" "$root/testdata/sites/homebrew"
write debian scan "$root/testdata/sites/debian"
write absent scan "$root/testdata/sites/absent"
# What stands in a name stands in JSON as \uNNNN.
sed 's/shop-notify/..\\\/\\u001b[2J\\u202e<b>\\n::error::=1+1|%0A:?#/g' "$root/scanner/report/testdata/report.json" >reports/hostile.json
write hostile report reports/hostile.json

# A version such as that of this build is a name, and no number (SARIF2005).
"$validator" validate --rule-kind 'Sarif;Ghas' --level 'Error;Warning' --output reports/validation.json reports/*.sarif >reports/log 2>&1 || {
    cat reports/log
    exit 1
}
if grep -E ': (error|warning) ' reports/log | grep -v SARIF2005; then
    echo "validate.sh: the above is wrong with $home/reports" >&2
    exit 1
fi
grep -q 'files scanned' reports/log || { cat reports/log; exit 1; }
echo "$(find reports -name '*.sarif' | wc -l) SARIF files are what GitHub takes"

# The workflow of the README, in a repository of its own.
mkdir -p workflow/.github/workflows
awk '/^```yaml/ { on = 1; next } /^```/ { on = 0 } on && /^# .github\/workflows/ { take = 1 } take && on { print } !on { take = 0 }' \
    "$root/README.md" >workflow/.github/workflows/plugvet.yml
[ -s workflow/.github/workflows/plugvet.yml ] || { echo "validate.sh: the README has no workflow" >&2; exit 1; }
"${GO:-go}" run "$actionlint" workflow/.github/workflows/plugvet.yml
echo "the README's workflow is what GitHub Actions takes"
