#!/bin/sh
# Vets for macOS what needs no C compiler: every package that does not depend
# on the YARA binding. The others are named, and are vetted by make darwin.
set -eu

here=$(dirname "$0")
bound=$("$here/depends-on-yara.sh" yes | tr '\n' ' ')
free=$("$here/depends-on-yara.sh" no | tr '\n' ' ')
echo "vetting for macOS: $free"
echo "left to make darwin, since they bind libyara: $bound"
# shellcheck disable=SC2086 # a list of packages
GOOS=darwin GOARCH=arm64 CGO_ENABLED=0 "${GO:-go}" vet $free
