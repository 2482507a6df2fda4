#!/bin/sh
# Installs packages with one package manager: install.sh apt-get|dnf|apk|brew PACKAGE…
#
# It asks nothing, becomes root by sudo where it must, prints each command
# before it runs, and waits for another apt-get to finish.
set -eu

manager=$1
shift

sudo=
if [ "$manager" != brew ] && [ "$(id -u)" -ne 0 ]; then
    sudo=sudo
    if [ "${CI:-}" = true ]; then sudo="sudo -n"; fi # nobody is there to type a password
    $sudo true || {
        echo "setup: installing takes root, and sudo is absent or refuses" >&2
        echo "hint: as root, install with $manager: $*" >&2
        exit 1
    }
fi

run() {
    echo "setup: $sudo${sudo:+ }$*"
    $sudo "$@"
}

case $manager in
apt-get)
    # An outdated package list names files that are gone, and update does not
    # wait for its lock as install does.
    for try in 1 2 3 4 5 6; do
        run apt-get update -q && break
        echo "setup: apt-get update failed (try $try of 6)"
        sleep 10
    done
    run env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        -o DPkg::Lock::Timeout=600 "$@"
    ;;
dnf) run dnf install -y "$@" ;;
apk) run apk add "$@" ;;
brew) run env HOMEBREW_NO_AUTO_UPDATE=1 brew install "$@" ;;
esac
