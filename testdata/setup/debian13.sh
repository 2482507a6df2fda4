#!/bin/sh
# apt-get for Debian 13's archive on a machine that runs something else of
# Debian: debian13.sh ARGUMENT…
#
# The mirror and the keys are those that this machine is configured with; only
# the suite differs. Lists and packages stay below build/debian13, and nothing
# is installed.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
home=$root/build/debian13
keys=/usr/share/keyrings/debian-archive-keyring.gpg

# shellcheck disable=SC2016 # apt-get expands them
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 2>/dev/null | head -n 1)
if [ -z "$mirror" ]; then
    echo "debian13.sh: this machine has no Debian mirror configured, or has not run apt-get update" >&2
    exit 1
fi
mkdir -p "$home/lists/partial" "$home/cache/archives/partial"
: >>"$home/status" # no package is installed: every dependency is wanted
if [ -e $keys ]; then signed="[signed-by=$keys] "; else signed=; fi
printf '%s\n' "deb $signed$mirror trixie main" "deb-src $signed$mirror trixie main" >"$home/sources.list"

apt() {
    apt-get -q -y -o Dir::Etc::SourceList="$home/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
        -o Dir::State="$home" -o Dir::State::Lists="$home/lists" -o Dir::State::Status="$home/status" \
        -o Dir::Cache="$home/cache" -o APT::Default-Release= -o APT::Sandbox::User=root \
        -o APT::Install-Recommends=false -o Acquire::Languages=none "$@"
}
apt update
apt "$@"
