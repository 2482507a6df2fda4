#!/bin/sh
# Runs each fuzz test of the module for a while: fuzz.sh DURATION
set -eu

go=${GO:-go}
packages=$("$go" list ./...)
for package in $packages; do
    for test in $("$go" test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
        echo "$package $test"
        "$go" test -run '^$' -fuzz "^$test\$" -fuzztime "$1" "$package"
    done
done
