#!/bin/sh
# Runs each fuzz test of the module for a while: fuzz.sh DURATION
#
# Inputs that reach new code are not made smaller first, which for a database of
# some pages would take all of the time.
set -eu

go=${GO:-go}
packages=$("$go" list ./...)
for package in $packages; do
    for test in $("$go" test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
        echo "$package $test"
        "$go" test -run '^$' -fuzz "^$test\$" -fuzztime "$1" -fuzzminimizetime 1x "$package"
    done
done
