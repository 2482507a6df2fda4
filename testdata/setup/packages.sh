#!/bin/sh
# Installs what a job needs and the machine lacks:
#
#   packages.sh build      libyara 4.2 or later with its headers, pkg-config
#   packages.sh test       that, and the tools that the tests compare with
#   packages.sh formats    what testdata/formats/validate.sh fetches with
#   packages.sh fixtures   what testdata/fixtures/build.sh compiles and links with
#   packages.sh darwin     what the link for macOS needs
#   packages.sh evasion    what the disguises of make eval-evasion run with
#   packages.sh browser    what opens the HTML report
#   packages.sh bench      what make bench compares with, and fetches its trees with
#   packages.sh eval       what make eval labels with, beside what the build needs
#
# Silent and quick where everything is present. Go and a C compiler are the
# user's to choose, so their absence is only a message.
set -eu

job=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
go=${GO:-go}

fail() { # problem, hint
    echo "setup: $1" >&2
    echo "hint: $2" >&2
    exit 1
}

has() {
    for tool; do command -v "$tool" >/dev/null || return 1; done
}

# has_libyara links a program: a package without its headers, or without those
# of libc, is as good as none.
has_libyara() {
    has pkg-config && pkg-config --exists 'yara >= 4.2' || return 1
    mkdir -p "$root/build"
    # shellcheck disable=SC2046,SC2086 # these are lists of words
    printf '%s\n' '#include <stdlib.h>' '#include <yara.h>' 'int main(void) { return yr_initialize(); }' |
        $cc $(pkg-config --cflags yara) -x c - -o "$root/build/setup-probe" $(pkg-config --libs yara) 2>/dev/null
}

# What Debian's archive has beside; the tests go without it elsewhere.
has_debians() {
    ! has apt-get || has rpm rpmbuild db_load sqlite3 systemd-analyze crontab
}

# has_libraries looks for what the disguises in native code are linked with (generate/).
has_libraries() {
    for library in libMagickCore-6.Q16.so.6 libapr-1.so.0 libaprutil-1.so.0 libarchive.so.13 libbrotlidec.so.1 libcurl.so.4 libcurl-gnutls.so.4 \
        libdbus-1.so.3 libevent-2.1.so.7 libgio-2.0.so.0 libldap-2.5.so.0 liblua5.3.so.0 libluajit-5.1.so.2 libmemcached.so.11 libpam.so.0 \
        libpq.so.5 libpython3.11.so.1.0 libsqlite3.so.0 libtcl8.6.so libxml2.so.2 libzmq.so.5; do
        PATH=$PATH:/sbin ldconfig -p | grep -q "$library " || return 1
    done
}

present() {
    case $job in
    build) has_libyara ;;
    test)
        has_libyara && has yara file ssh-keygen ssh-agent ssh-add llvm-nm llvm-objdump llvm-readelf bash zsh fish xmllint mandoc groff \
            openssl shasum python3 && has_debians
        ;;
    formats) has npm ;;
    fixtures) has npm && { has ld64.lld || has ld64.lld-19; } ;;
    darwin) has npm file llvm-objdump ;;
    evasion) has npm node php gcc git && [ "$(php -m | grep -cixE 'bcmath|bz2|curl|dom|gd|gmp|intl|mbstring|msgpack|snmp|soap|sqlite3|zip')" = 13 ] && has_libraries ;;
    browser) has npm node chromium pdftotext ;;
    bench) has_libyara && has npm dpkg yara aide ;;
    eval) has_libyara && has npm node readelf php dpkg && { has llvm-objdump-19 || has llvm-objdump-16; } ;;
    esac
}

# packages prints the names that the manager has for the job's needs.
packages() {
    npm=npm
    node=nodejs
    if has npm; then npm=; fi # it may not be the distribution's, whose package would clash
    if has node; then node=; fi
    case $1-$job in
    apt-get-build) echo libyara-dev pkg-config libc6-dev ;;
    apt-get-test) echo libyara-dev pkg-config libc6-dev yara file llvm openssh-client bash zsh fish libxml2-utils mandoc groff openssl perl python3 rpm db-util sqlite3 systemd cron ;;
    apt-get-formats | dnf-formats | apk-formats) echo $npm ;;
    brew-formats) echo node ;;
    apt-get-fixtures) echo lld-19 $npm ;;
    apt-get-darwin) echo file llvm $npm ;;
    apt-get-evasion) echo $node php-cli php-bcmath php-bz2 php-curl php-gd php-gmp php-intl php-mbstring php-msgpack php-snmp php-soap php-sqlite3 php-xml php-zip gcc libc6-dev git $npm \
        libmagickcore-6.q16-6 libapr1 libaprutil1 libarchive13 libbrotli1 libcurl4 libcurl3-gnutls libdbus-1-3 libevent-2.1-7 libglib2.0-0 \
        libldap-2.5-0 liblua5.3-0 libluajit-5.1-2 libmemcached11 libpam0g libpq5 libpython3.11 libsqlite3-0 libtcl8.6 libxml2 libzmq5 ;;
    apt-get-browser) echo chromium fonts-dejavu-core poppler-utils $node $npm ;;
    apt-get-bench) echo libyara-dev pkg-config libc6-dev yara aide $npm ;;
    apt-get-eval) echo libyara-dev pkg-config libc6-dev llvm-19 binutils php-cli $npm ;;
    dnf-build) echo yara-devel pkgconf-pkg-config glibc-devel ;;
    dnf-test) echo yara-devel pkgconf-pkg-config glibc-devel yara file llvm openssh-clients bash zsh fish libxml2 mandoc groff openssl perl-Digest-SHA python3 ;;
    dnf-fixtures) echo lld $npm ;;
    dnf-evasion) echo $node php-cli php-bcmath php-gmp php-intl php-mbstring php-pecl-msgpack php-pecl-zip php-soap php-xml gcc glibc-devel git $npm ;;
    apk-build) echo yara-dev pkgconf musl-dev ;;
    apk-test) echo yara-dev pkgconf musl-dev yara file llvm openssh bash zsh fish libxml2-utils mandoc groff openssl perl-utils python3 ;;
    apk-fixtures) echo lld $npm ;;
    brew-build) echo yara pkg-config ;;
    brew-test) echo yara pkg-config llvm bash zsh fish mandoc groff ;;
    brew-fixtures) echo lld node ;;
    *-evasion) fail "the disguises run with an osascript that is none, and use names of glibc" "run make eval-evasion on Debian or Fedora, as root, or in such a container" ;;
    *) fail "'make $job' needs Debian's archive" "run it on Debian 12 or 13, or in such a container" ;;
    esac
}

has "$go" || fail "Go is not on PATH; needed: $(sed -n 's/^go /Go /p' "$root/go.mod") or later" \
    "install it from the Go project and add its bin directory to PATH (often /usr/local/go/bin)"
cc=$("$go" env CC)
has "${cc%% *}" || fail "there is no C compiler ($cc), which the YARA binding needs" \
    "install one (Debian: apt-get install gcc; macOS: xcode-select --install), or set CC"

present && exit 0
for manager in apt-get dnf apk brew none; do
    if has $manager; then break; fi
done
[ "$manager" != none ] || fail "no apt-get, dnf, apk or brew on this machine" \
    "install libyara 4.2 or later with headers and pkg-config; for make test also yara, file, llvm, OpenSSH's client, bash, zsh, fish, xmllint, mandoc and groff"
names=$(packages "$manager")
echo "setup: something that 'make $job' needs is missing; installing: $names"
# shellcheck disable=SC2086 # a list of words
"$root/testdata/setup/install.sh" "$manager" $names
present || fail "the packages are there, but not all that 'make $job' needs" \
    "libyara must be 4.2 or later (pkg-config --modversion yara), and $cc must link a program with it"
