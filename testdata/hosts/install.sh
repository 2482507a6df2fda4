#!/bin/sh
# Installs real servers for the tests that compare plugvet with them (build tag
# hosts), on Debian as root:
#
#   nginx with every module that Debian packages, all loaded
#   PHP for the command line, FPM, CGI and Apache, with its extensions
#   Apache with more than twenty modules enabled
#   build/hosts/npm and build/hosts/pnpm, trees made from the manifests here
#   build/hosts/bin/pnpm, what lists the latter
#
# No service is started, and no install script of an npm package runs.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/build/hosts
pnpm=10.34.9

if ! [ -e /etc/debian_version ] || [ "$(id -u)" -ne 0 ]; then
    echo "hosts: this installs servers, so it wants root on a Debian machine that may have them" >&2
    exit 1
fi
mkdir -p "$out/bin"

# Package scripts ask policy-rc.d whether they may start a service.
if [ ! -e /usr/sbin/policy-rc.d ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
fi

# want installs what is not installed yet.
want() {
    missing=
    for package; do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
    done
    # shellcheck disable=SC2086 # a list of packages
    [ -z "$missing" ] || "$root/testdata/setup/install.sh" apt-get $missing
}

want nginx apache2 php-cli file
command -v npm >/dev/null || want npm

# What follows depends on the release of Debian.
php=$(php -r 'echo PHP_MAJOR_VERSION.".".PHP_MINOR_VERSION;')
# shellcheck disable=SC2046 # a list of packages
want $(apt-cache --generate pkgnames | sort | grep -Ex \
    -e 'libnginx-mod-(http|mail|stream|nchan|rtmp)(-[a-z0-9]+)*' \
    -e "(libapache2-mod-php|php)$php(-(fpm|cgi))?" \
    -e "php$php-(bcmath|bz2|curl|dba|enchant|gd|gmp|imap|interbase|intl|ldap|mbstring|mysql|odbc|opcache)" \
    -e "php$php-(pgsql|pspell|readline|snmp|soap|sqlite3|sybase|tidy|xml|zip)" \
    -e "php$php-(amqp|apcu|ast|ds|igbinary|imagick|mailparse|memcached|mongodb|msgpack|redis|ssh2|uuid|xdebug|yaml|zmq)" |
    grep -v -e '-dev$')
php -m >/dev/null # the first run with the snmp extension prints that it made a directory
for module in rewrite headers expires ssl socache_shmcb proxy proxy_http proxy_fcgi proxy_balancer lbmethod_byrequests \
    slotmem_shm cgid dav dav_fs include info unique_id vhost_alias remoteip ratelimit substitute usertrack; do
    a2enmod -q $module >/dev/null
done

# A tree is made again when its manifests change.
stamp=$(cat "$here"/*/package.json "$here"/pnpm/*.yaml "$here"/pnpm/packages/*/package.json "$0" | cksum)
if [ "$(cat "$out/stamp" 2>/dev/null)" != "$stamp" ]; then
    rm -rf "$out/npm" "$out/pnpm" "$out/tool"
    cp -R "$here/npm" "$here/pnpm" "$out/"
    npm install --prefix "$out/tool" --no-save --no-audit --no-fund --ignore-scripts "pnpm@$pnpm"
    ln -sf ../tool/node_modules/.bin/pnpm "$out/bin/pnpm"
    (cd "$out/npm" && npm install --no-audit --no-fund --ignore-scripts)
    (cd "$out/pnpm" && CI=true "$out/bin/pnpm" install --no-frozen-lockfile --ignore-scripts --store-dir "$out/store")
    echo "$stamp" >"$out/stamp"
fi
