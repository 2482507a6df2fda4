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

rule javascript_socket_module
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "node"
    description = "loads a socket module of Node.js (net, dgram or tls)"
  condition:
    kind == "javascript" and
    (modules contains " net " or
     modules contains " tls " or
     modules contains " dgram ")
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
  condition:
    kind == "javascript" and
    (modules contains " binding:tcp_wrap " or
     modules contains " binding:udp_wrap " or
     modules contains " binding:tls_wrap " or
     modules contains " binding:pipe_wrap ")
}

rule javascript_socket_runtime
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "node"
    description = "opens or serves sockets through Bun's or Deno's own functions"
    why = "a connection of the plugin's own bypasses what the server logs and filters"
    benign = "a database client or a development server that also runs on Bun or Deno"
    advice = "find out whom it talks to and whether the server needs that"
  condition:
    kind == "javascript" and
    (calls contains " Bun.connect " or
     calls contains " Bun.listen " or
     calls contains " Bun.udpSocket " or
     calls contains " Deno.connect" or
     calls contains " Deno.listen")
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
  condition:
    kind == "php" and
    (calls contains " fsockopen " or
     calls contains " pfsockopen " or
     calls contains " stream_socket_client " or
     calls contains " stream_socket_server " or
     calls contains " stream_socket_accept " or
     calls contains " stream_socket_sendto " or
     calls contains " stream_socket_recvfrom ")
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
  condition:
    kind == "php" and
    (calls contains " socket_create " or
     calls contains " socket_create_listen " or
     calls contains " socket_connect " or
     calls contains " socket_bind " or
     calls contains " socket_listen " or
     calls contains " socket_accept " or
     calls contains " socket_send " or
     calls contains " socket_sendto " or
     calls contains " socket_sendmsg " or
     calls contains " socket_recv " or
     calls contains " socket_recvfrom " or
     calls contains " socket_recvmsg " or
     calls contains " socket_import_stream " or
     calls contains " socket_addrinfo_")
}
