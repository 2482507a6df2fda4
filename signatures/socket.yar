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
  strings:
    $call = /[^\w$>:\\'"]\\?socket_(create|create_listen|connect|bind|listen|accept|send|sendto|sendmsg|recv|recvfrom|recvmsg|addrinfo_\w{4,8}|import_stream)\s{0,8}\(/ nocase
    $not = /(function[ \t]{1,8}&?|(^|\n)[ \t]{0,80}((\/\/|#)[^\n\r'"`{?*<\[]{0,100}|\/\*{1,2}([ \t][^\n\r'"`{?*<\[]{0,60})?(\r?\n[ \t]{0,80}\*([ \t][^\n\r'"`{?*<\[]{0,60})?){0,6}))socket_(create|create_listen|connect|bind|listen|accept|send|sendto|sendmsg|recv|recvfrom|recvmsg|addrinfo_\w{4,8}|import_stream)[ \t]{0,8}\(/ nocase private
  condition:
    kind == "php" and
    for any of ($call) :
      (# > 100 or # > 0 and #not > 100 or for any i in (1..#) : (
        not for any j in (1..#not) : (@[i] >= @not[j] and @[i] < @not[j] + !not[j])))
}
