#!/bin/sh
# Shows what plugvet says of a small Homebrew server that holds an approved
# module, a modified one, an unapproved one and two plugins that run
# AppleScript. Called by `make demo` with bin/plugvet built.
set -u
cd "$(dirname "$0")/.."

run() {
    printf '\n$ %s\n' "$*"
    "$@"
    code=$?
    printf '(exit code %d)\n' "$code"
}

run bin/plugvet discover testdata/sites/homebrew
run bin/plugvet scan --verbose --manifest testdata/sites/approved.toml testdata/sites/homebrew
# The site is made to fail the gate: anything but 1 is a fault of the demo.
test "$code" = 1
