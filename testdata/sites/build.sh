#!/bin/sh
# Puts the native fixtures into the sites, under the names that real modules
# have there. Called by `make fixtures` after the fixtures are built.
set -eu
cd "$(dirname "$0")"
native=../fixtures/native

put() { # put FIXTURE DESTINATION
    mkdir -p "$(dirname "$2")"
    cp "$native/$1" "$2"
}

brew=homebrew/opt/homebrew
put macos-arm64/nginx_clean.so "$brew/Cellar/nginx/1.27.3/modules/ngx_http_geoip2_module.so"
put macos-arm64/nginx_socket.so "$brew/Cellar/nginx/1.27.3/modules/ngx_http_brotli_filter_module.so"
put macos-universal/nginx_applescript.so "$brew/Cellar/nginx/1.27.3/modules/ngx_http_report_module.so"
put macos-arm64/server_nginx "$brew/Cellar/nginx/1.27.3/bin/nginx"
put macos-arm64/php_clean.so "$brew/lib/php/pecl/20230831/apcu.so"

put linux-x86_64/nginx_clean.so debian/usr/lib/nginx/modules/ngx_http_geoip2_module.so
put linux-x86_64/nginx_socket_no_sections.so debian/usr/lib/nginx/modules/ngx_stream_module.so
put linux-x86_64/server_nginx debian/usr/sbin/nginx
put linux-x86_64/php_clean.so debian/usr/lib/php/20220829/apcu.so
put linux-x86_64/php_socket.so debian/usr/lib/php/20220829/sockets.so
put linux-x86_64/nginx_clean.so debian/usr/lib/apache2/modules/mod_rewrite.so

put linux-x86_64/nginx_clean.so docker/usr/lib/nginx/modules/ngx_http_js_module.so
put linux-x86_64/php_socket.so docker/usr/local/lib/php/extensions/no-debug-non-zts-20230831/redis.so

put linux-x86_64/nginx_clean.so openresty/usr/local/openresty/nginx/modules/ngx_http_geoip2_module.so
put linux-x86_64/node_clean.node pnpm/node_modules/.pnpm/tiny-queue@1.0.2/node_modules/tiny-queue/build/Release/queue.node
