/*
   Sockets: does the plugin talk to the network by itself?

   For native code this is what the symbol tables say, no more and no less. The
   hosts' own helpers are capability network (network.yar): stock nginx modules
   go through them. A module that imports send or recv and nothing else uses a
   connection that somebody else made, as stock nginx stream and mail do to peek
   at the host's; that has the milder rule native_socket_transfer. socketpair is
   left out, because its two ends are in one process.
*/

rule native_socket
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "nginx php node httpd"
    description = "imports functions that open, connect or serve sockets, or send and receive datagrams"
    why = "A module with sockets of its own can open a back door or a tunnel past the server's access rules and logs."
    benign = "Among nginx's modules http_lua, nchan and rtmp do it, among PHP's sockets, ftp, xdebug and mongodb; stream, mail, image_filter, geoip2 and echo do not."
    advice = "Compare with what this module does elsewhere: one that is known to have no sockets and imports them now is not the one you approved."
  condition:
    imports contains " socket " or
    imports contains " connect " or
    imports contains " connectx " or
    imports contains " bind " or
    imports contains " listen " or
    imports contains " accept " or
    imports contains " accept4 " or
    imports contains " sendto " or
    imports contains " sendmsg " or
    imports contains " sendmmsg " or
    imports contains " sendmsg_x " or
    imports contains " recvfrom " or
    imports contains " recvmsg " or
    imports contains " recvmmsg " or
    imports contains " recvmsg_x " or
    imports contains " __recvfrom_chk "
}

rule native_socket_transfer
{
  meta:
    capability = "socket"
    severity = "info"
    confidence = "high"
    attack = "T1095"
    hosts = "nginx php node httpd"
    description = "imports functions that send or receive on a connection which exists already"
    why = "The module moves bytes over a connection that somebody else has opened, so it can read or answer around the server."
    benign = "Protocol modules and database drivers that get their connection from the host or a client library do this."
    advice = "By itself nothing to do; take it together with what opens the connection."
  condition:
    imports contains " send " or
    imports contains " recv " or
    imports contains " __send_chk " or
    imports contains " __recv_chk "
}

rule native_socket_framework
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "nginx php node httpd"
    description = "imports the socket functions of CoreFoundation or of the Network framework"
    why = "Apple's frameworks open connections without the usual functions, which rules that look for connect alone do not see."
    benign = "Node addons for Bluetooth, device discovery or VPNs on macOS use them; server modules ported from Linux do not."
    advice = "Check that the module is meant for macOS and talks to something by purpose, else treat it like one with unexplained sockets."
  condition:
    imports contains " CFSocket" or
    imports contains " CFStreamCreatePair" or
    imports contains " nw_connection_" or
    imports contains " nw_listener_" or
    imports contains " $s7Network12NWConnectionC" or
    imports contains " $s7Network10NWListenerC"
}

// A module is loaded where it is named in a call or an import that is neither in
// a comment nor a matter of types alone.
rule javascript_socket_module
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "node"
    description = "loads a socket module of Node.js (net, dgram or tls)"
    why = "Plain sockets carry any protocol to any port, past proxies and logs that see HTTP only: a reverse shell in Node.js needs net and child_process."
    benign = "Database drivers, HTTP agents, mail and message queue clients, and free-port finders load them."
    advice = "Accept it where the package speaks a protocol; be wary where exec was found beside it."
  strings:
    $call = /(require|import|getBuiltinModule)\s{0,4}\(\s{0,4}['"`](node:)?(net|dgram|tls)['"`]/
    $from = /(from|import)\s{0,4}['"](node:)?(net|dgram|tls)['"]/
    $not_comment = /(^|[^\\\r]\n|[^\\]\r\n)[ \t]{0,80}(\/\/[^\n\r\xe2*`$]{0,100}|\/\*{1,2}([ \t][^\n\r*`$]{0,60})?(\r?\n[ \t]{0,80}\*([ \t][^\n\r*`$]{0,60})?){0,6})['"`](node:)?(net|dgram|tls)['"`]/ private
    $not_type = /(^|\n)[ \t]{0,80}import type ([\w$]{1,40}|\* as [\w$]{1,40}|\{[\w\s,$]{0,200}\}) from ['"](node:)?(net|dgram|tls)['"]/ private
  condition:
    kind == "javascript" and
    for any of ($call, $from) :
      (# > 100 or # > 0 and (#not_comment > 100 or #not_type > 100) or for any i in (1..#) : (
        not for any j in (1..#not_comment) : (@[i] >= @not_comment[j] and @[i] < @not_comment[j] + !not_comment[j]) and
        not for any j in (1..#not_type) : (@[i] >= @not_type[j] and @[i] < @not_type[j] + !not_type[j])))
}

rule javascript_socket_binding
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "node"
    description = "reaches below the socket modules of Node.js, to its internal bindings"
    why = "Below net and tls there is no hook, policy or diagnostics channel that would see the connection."
    benign = "Copies of Node.js's own library code and a few low-level test tools refer to these bindings."
    advice = "Ask the maintainers why; a package for a current Node.js has no need of it."
  strings:
    $binding = /[bB]inding\s{0,4}\(\s{0,4}['"`](tcp_wrap|udp_wrap|tls_wrap|pipe_wrap)['"`]/
    $not_comment = /(^|[^\\\r]\n|[^\\]\r\n)[ \t]{0,80}(\/\/[^\n\r\xe2*`$]{0,100}|\/\*{1,2}([ \t][^\n\r*`$]{0,60})?(\r?\n[ \t]{0,80}\*([ \t][^\n\r*`$]{0,60})?){0,6})[bB]inding\(['"`](tcp_wrap|udp_wrap|tls_wrap|pipe_wrap)/ private
  condition:
    kind == "javascript" and
    for any of ($binding) :
      (# > 100 or # > 0 and #not_comment > 100 or for any i in (1..#) : (
        not for any j in (1..#not_comment) : (@[i] >= @not_comment[j] and @[i] < @not_comment[j] + !not_comment[j])))
}

rule php_socket_stream
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "php"
    description = "opens a socket as a stream (fsockopen, pfsockopen, stream_socket_*)"
    why = "A request that opens a socket can reach inside the network that the server stands in, or give a caller an interactive shell."
    benign = "Mailers speak SMTP this way, and clients of Redis, Memcached, AMQP and FTP use streams throughout."
    advice = "See that host and port come from the settings and never from the request."
  strings:
    $call = /[^\w$>:\\'"]\\?(p?fsockopen|stream_socket_(client|server|accept|sendto|recvfrom))\s{0,8}\(/ nocase
    $not = /(function[ \t]{1,8}&?|(^|\n)[ \t]{0,80}((\/\/|#)[^\n\r'"`{?*<\[]{0,100}|\/\*{1,2}([ \t][^\n\r'"`{?*<\[]{0,60})?(\r?\n[ \t]{0,80}\*([ \t][^\n\r'"`{?*<\[]{0,60})?){0,6}))(p?fsockopen|stream_socket_(client|server|accept|sendto|recvfrom))[ \t]{0,8}\(/ nocase private
  condition:
    kind == "php" and
    for any of ($call) :
      (# > 100 or # > 0 and #not > 100 or for any i in (1..#) : (
        not for any j in (1..#not) : (@[i] >= @not[j] and @[i] < @not[j] + !not[j])))
}

rule php_socket_function
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "php"
    description = "uses PHP's socket extension (socket_create and its family)"
    why = "The extension offers listening sockets and datagrams, which page code has little reason for and back doors have much."
    benign = "Workers and daemons such as websocket servers and syslog or statsd clients use it from the command line."
    advice = "Check whether it runs in web requests at all; if only workers need it, load the extension for the command line alone."
  strings:
    $call = /[^\w$>:\\'"]\\?socket_(create|create_listen|connect|bind|listen|accept|send|sendto|sendmsg|recv|recvfrom|recvmsg|addrinfo_\w{4,8}|import_stream)\s{0,8}\(/ nocase
    $not = /(function[ \t]{1,8}&?|(^|\n)[ \t]{0,80}((\/\/|#)[^\n\r'"`{?*<\[]{0,100}|\/\*{1,2}([ \t][^\n\r'"`{?*<\[]{0,60})?(\r?\n[ \t]{0,80}\*([ \t][^\n\r'"`{?*<\[]{0,60})?){0,6}))socket_(create|create_listen|connect|bind|listen|accept|send|sendto|sendmsg|recv|recvfrom|recvmsg|addrinfo_\w{4,8}|import_stream)[ \t]{0,8}\(/ nocase private
  condition:
    kind == "php" and
    for any of ($call) :
      (# > 100 or # > 0 and #not > 100 or for any i in (1..#) : (
        not for any j in (1..#not) : (@[i] >= @not[j] and @[i] < @not[j] + !not[j])))
}
