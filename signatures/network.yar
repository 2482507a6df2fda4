/*
   Network by way of somebody else: a resolver, an HTTP client, or the connect
   helper of the host. Common and by itself no reason for concern.
*/

rule native_network
{
  meta:
    capability = "network"
    severity = "info"
    confidence = "high"
    attack = "T1071"
    hosts = "nginx php node httpd"
    description = "imports a resolver, an HTTP client or a library's function that connects, or looks one up by its name"
    why = "The module can look up names and fetch from other machines, so it can report home or load instructions without opening a socket of its own."
    benign = "Drivers and authentication modules do it: PHP's curl, xdebug and mongodb, nginx's nchan, and everything that is linked with libcurl."
    advice = "Check that its documentation names the service it talks to, and let the host's egress rules allow that one alone."
  condition:
    imports contains " getaddrinfo " or
    imports contains " getaddrinfo_a " or
    imports contains " gethostbyname" or
    imports contains " res_query " or
    imports contains " res_search " or
    imports contains " res_nquery " or
    imports contains " res_nsearch " or
    imports contains " __res_query " or
    imports contains " __res_search " or
    imports contains " __res_nquery " or
    imports contains " __res_nsearch " or
    imports contains " res_9_query " or
    imports contains " res_9_search " or
    imports contains " res_9_nquery " or
    imports contains " res_9_nsearch " or
    imports contains " res_send " or
    imports contains " res_nsend " or
    imports contains " __res_send " or
    imports contains " __res_nsend " or
    imports contains " res_9_send " or
    imports contains " res_9_nsend " or
    imports contains " DNSServiceGetAddrInfo " or
    imports contains " CFHTTP" or
    imports contains " CFReadStreamCreateForHTTPRequest " or
    imports contains " CFReadStreamCreateForStreamedHTTPRequest " or
    imports contains " curl_easy_" or
    imports contains " curl_multi_" or
    imports contains " ares_query " or
    imports contains " ares_getaddrinfo " or
    imports contains " ares_gethostbyname " or
    imports contains " bufferevent_socket_connect" or
    imports contains " evhttp_make_request " or
    imports contains " g_socket_client_connect" or
    imports contains " soup_session_send" or
    imports contains " xmlNanoHTTP" or
    imports contains " xmlNanoFTP" or
    embedded contains " function-network@" or
    classes contains " NSURLSession " or
    classes contains " NSURLConnection " or
    classes contains " NSURLDownload "
}

rule native_network_host_helper
{
  meta:
    capability = "network"
    severity = "info"
    confidence = "high"
    attack = "T1095"
    hosts = "nginx php node httpd"
    description = "imports the host's own function for outgoing connections"
    why = "Connections through the host's own helper reach other machines just as sockets do, only without an import that looks like one."
    benign = "It is the normal way to be a proxy or a client: nginx's stream, mail and js modules, and PHP's redis, soap and mysqlnd."
    advice = "Nothing needs doing where the module is a proxy or a driver; a filter or a codec that does it deserves a look."
  condition:
    imports contains " ngx_event_connect_peer " or
    imports contains " _php_stream_xport_create " or
    imports contains " php_network_connect_socket_to_host " or
    imports contains " apr_socket_connect " or
    imports contains " ap_proxy_connect_backend " or
    imports contains " uv_getaddrinfo "
}

rule wasm_network
{
  meta:
    capability = "network"
    severity = "info"
    confidence = "high"
    attack = "T1071"
    hosts = "nginx php node httpd"
    description = "is a WebAssembly module that imports a resolver or an HTTP client"
    why = "The module asks its host to look up names or to fetch for it, so it can reach other machines as far as the host lets it."
    benign = "Components for edge servers and ports of programs to the browser import them."
    advice = "Check that the host limits which machines the module may reach."
  condition:
    kind == "wasm" and
    (imports contains " wasi:http/outgoing-handler" or
     imports contains " wasi:http/client" or
     imports contains " wasi:sockets/ip-name-lookup" or
     imports contains ".sock_getaddrinfo " or
     imports contains " wasix_32v1.resolve " or
     imports contains " wasix_64v1.resolve " or
     imports contains " wasi_experimental_http.req " or
     imports contains " env.emscripten_start_fetch " or
     imports contains " env.emscripten_websocket_new " or
     imports contains " env.getaddrinfo ")
}

rule javascript_network_module
{
  meta:
    capability = "network"
    severity = "info"
    confidence = "high"
    attack = "T1071.001"
    hosts = "node"
    description = "loads an HTTP client: a module of Node.js or a common package"
    why = "What a package can request from elsewhere it can also send there: environment variables, tokens and request bodies included."
    benign = "Every API client, telemetry library, proxy and web framework loads one."
    advice = "Only ask about packages whose purpose is local, such as parsers, formatters and colour helpers."
  condition:
    kind == "javascript" and
    (modules contains " http " or
     modules contains " https " or
     modules contains " http2 " or
     modules contains " dns " or
     modules contains " dns/promises " or
     modules contains " undici " or
     modules contains " axios " or
     modules contains " node-fetch " or
     modules contains " cross-fetch " or
     modules contains " got " or
     modules contains " ky " or
     modules contains " request " or
     modules contains " superagent " or
     modules contains " needle " or
     modules contains " follow-redirects " or
     modules contains " ws ")
}

rule javascript_network_global
{
  meta:
    capability = "network"
    severity = "info"
    confidence = "low"
    attack = "T1071.001"
    hosts = "node"
    description = "calls fetch or opens a WebSocket"
    why = "These calls need no import, so a few characters added to any file are enough to send data out."
    benign = "Client bundles for the browser and isomorphic API clients use them all the time; a function of the same name that the file defines looks alike."
    advice = "See which address is called; in a package that was quiet in its last version, compare the two."
  condition:
    kind == "javascript" and
    (calls contains " fetch " or
     calls contains " WebSocket " or
     calls contains " EventSource " or
     calls contains " XMLHttpRequest ")
}

rule php_network_client
{
  meta:
    capability = "network"
    severity = "info"
    confidence = "high"
    attack = "T1071.001"
    hosts = "php"
    description = "uses an HTTP client or a resolver"
    why = "Code that calls out can pass on what visitors submit, or fetch code to run, and to a firewall it looks like the site itself."
    benign = "Update checks, payment providers, feeds and every HTTP client library use these functions."
    advice = "Check the addresses that are called, above all those put together from variables or decoded text."
  condition:
    kind == "php" and
    (calls contains " curl_init " or
     calls contains " curl_exec " or
     calls contains " curl_multi_init " or
     calls contains " curl_multi_exec " or
     calls contains " wp_remote_get " or
     calls contains " wp_remote_post " or
     calls contains " wp_remote_request " or
     calls contains " wp_remote_head " or
     calls contains " wp_safe_remote_get " or
     calls contains " wp_safe_remote_post " or
     calls contains " wp_safe_remote_request " or
     calls contains " wp_safe_remote_head " or
     calls contains " gethostbyname " or
     calls contains " gethostbynamel " or
     calls contains " dns_get_record " or
     calls contains " get_headers " or
     calls contains " soapclient::__construct ")
}

rule php_network_wrapper
{
  meta:
    capability = "network"
    severity = "info"
    confidence = "high"
    attack = "T1105"
    hosts = "php"
    description = "reads from an address through PHP's URL wrappers"
    why = "Reading an address as if it were a file is the shortest way to bring a second stage in, and with include it is run at once."
    benign = "Old plugins fetch feeds, licences or version numbers this way."
    advice = "Set allow_url_include off and, where no plugin needs it, allow_url_fopen too; treat a remote include as a back door."
  strings:
    $call = /\b(file_get_contents|fopen|readfile|copy|file|simplexml_load_file)\s{0,8}\(\s{0,8}"(https?|ftps?|ssh2\.[a-z]{3,6}):\/\// nocase
    $include = /\b(include|require)(_once)?\s{0,8}\(?\s{0,8}"(https?|ftps?):\/\// nocase
    $assigned = /\$ur[il]\s{0,8}=\s{0,8}"(https?|ftps?):\/\// nocase
    $opened = /\b(file_get_contents|fopen|readfile|copy|file|simplexml_load_file)\s{0,8}\(\s{0,8}\$ur[il]\b/ nocase
  condition:
    kind == "php" and view == "decoded" and
    (($call or $assigned and $opened) and (calls contains " file_get_contents " or calls contains " fopen " or calls contains " readfile " or
                calls contains " copy " or calls contains " file " or calls contains " simplexml_load_file ") or
     $include or calls contains " url:opened ")
}
