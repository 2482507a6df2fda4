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
    description = "imports a resolver or an HTTP client"
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
    imports contains " DNSServiceGetAddrInfo " or
    imports contains " CFHTTP" or
    imports contains " CFReadStreamCreateForHTTPRequest " or
    imports contains " CFReadStreamCreateForStreamedHTTPRequest " or
    imports contains " curl_easy_" or
    imports contains " curl_multi_" or
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
    imports contains " uv_tcp_connect " or
    imports contains " uv_udp_send " or
    imports contains " uv_getaddrinfo "
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
  strings:
    $call = /(require|import|getBuiltinModule)\s{0,4}\(\s{0,4}['"`](node:)?(https?|http2|undici|axios|node-fetch|cross-fetch|got|ky|request|superagent|needle|follow-redirects|ws|dns|dns\/promises)['"`]/
    $from = /(from|import)\s{0,4}['"](node:)?(https?|http2|undici|axios|node-fetch|cross-fetch|got|ky|request|superagent|needle|follow-redirects|ws|dns|dns\/promises)['"]/
    $not_comment = /(^|[^\\\r]\n|[^\\]\r\n)[ \t]{0,80}(\/\/[^\n\r\xe2*`$]{0,100}|\/\*{1,2}([ \t][^\n\r*`$]{0,60})?(\r?\n[ \t]{0,80}\*([ \t][^\n\r*`$]{0,60})?){0,6})['"`](node:)?(https?|http2|undici|axios|node-fetch|cross-fetch|got|ky|request|superagent|needle|follow-redirects|ws|dns|dns\/promises)['"`]/ private
    $not_type = /(^|\n)[ \t]{0,80}import type ([\w$]{1,40}|\* as [\w$]{1,40}|\{[\w\s,$]{0,200}\}) from ['"](node:)?(https?|http2|undici|axios|node-fetch|cross-fetch|got|ky|request|superagent|needle|follow-redirects|ws|dns|dns\/promises)['"]/ private
  condition:
    kind == "javascript" and
    for any of ($call, $from) :
      (# > 100 or # > 0 and (#not_comment > 100 or #not_type > 100) or for any i in (1..#) : (
        not for any j in (1..#not_comment) : (@[i] >= @not_comment[j] and @[i] < @not_comment[j] + !not_comment[j]) and
        not for any j in (1..#not_type) : (@[i] >= @not_type[j] and @[i] < @not_type[j] + !not_type[j])))
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
  strings:
    $fetch = /[^\w.$'"`#]fetch\(\s{0,8}[\w'"`$\[]/
    $global = /\b(globalThis|window|self|global)\.fetch\(/
    $socket = /\bnew\s{1,8}(WebSocket|EventSource|XMLHttpRequest)\s{0,4}\(/
    $not = /(function\*?[ \t]{1,8}fetch\(|(^|[^\\\r]\n|[^\\]\r\n)[ \t]{0,80}(\/\/[^\n\r\xe2*`$]{0,100}|\/\*{1,2}([ \t][^\n\r*`$]{0,60})?(\r?\n[ \t]{0,80}\*([ \t][^\n\r*`$]{0,60})?){0,6})(\bfetch\([ \t]{0,8}[\w'"`$\[]|new (WebSocket|EventSource|XMLHttpRequest)\())/ private
    $not_method = /(^|\n)[ \t]{0,80}(async |static |private |public |protected )?fetch\([^()\n]{0,200}\)[ \t]{0,4}\{/ private
  condition:
    kind == "javascript" and
    for any of ($fetch, $global, $socket) :
      (# > 100 or # > 0 and (#not > 100 or #not_method > 100) or for any i in (1..#) : (
        not for any j in (1..#not) : (@[i] >= @not[j] and @[i] < @not[j] + !not[j]) and
        not for any j in (1..#not_method) : (@[i] >= @not_method[j] and @[i] < @not_method[j] + !not_method[j])))
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
  strings:
    $call = /[^\w$>:\\'"]\\?(curl_(init|exec|multi_init|multi_exec)|wp_(safe_)?remote_(get|post|request|head)|gethostbyname[l]?|dns_get_record|get_headers)\s{0,8}\(/ nocase
    $class = /\bnew\s{1,8}\\?SoapClient\s{0,8}\(/ nocase
    $not = /(function[ \t]{1,8}&?|(^|\n)[ \t]{0,80}((\/\/|#)[^\n\r'"`{?*<\[]{0,100}|\/\*{1,2}([ \t][^\n\r'"`{?*<\[]{0,60})?(\r?\n[ \t]{0,80}\*([ \t][^\n\r'"`{?*<\[]{0,60})?){0,6}))(curl_(init|exec|multi_init|multi_exec)|wp_(safe_)?remote_(get|post|request|head)|gethostbyname[l]?|dns_get_record|get_headers)[ \t]{0,8}\(/ nocase private
  condition:
    kind == "php" and
    for any of ($call, $class) :
      (# > 100 or # > 0 and #not > 100 or for any i in (1..#) : (
        not for any j in (1..#not) : (@[i] >= @not[j] and @[i] < @not[j] + !not[j])))
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
    $call = /[^\w$>:\\'"]\\?(file_get_contents|fopen|readfile|copy|file|simplexml_load_file)\s{0,8}\(\s{0,8}['"](https?|ftps?|ssh2\.[a-z]{3,6}):\/\// nocase
    $include = /\b(include|require)(_once)?\s{0,8}\(?\s{0,8}['"](https?|ftps?):\/\// nocase
    $not = /(^|\n)[ \t]{0,80}((\/\/|#)[^\n\r'"`{?*<\[]{0,100}|\/\*{1,2}([ \t][^\n\r'"`{?*<\[]{0,60})?(\r?\n[ \t]{0,80}\*([ \t][^\n\r'"`{?*<\[]{0,60})?){0,6})(file_get_contents|fopen|readfile|copy|file|simplexml_load_file|include|require|_once)[ \t]{0,8}\(?[ \t]{0,8}['"](https?|ftps?|ssh2\.[a-z]{3,6}):\/\// nocase private
  condition:
    kind == "php" and
    for any of ($call, $include) :
      (# > 100 or # > 0 and #not > 100 or for any i in (1..#) : (
        not for any j in (1..#not) : (@[i] >= @not[j] and @[i] < @not[j] + !not[j])))
}
