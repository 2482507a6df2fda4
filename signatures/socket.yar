/*
   Sockets: does the plugin talk to the network by itself?

   For native code this is what the symbol tables say, no more and no less. The
   hosts' own helpers are capability network (network.yar): stock nginx modules
   go through them. A module that imports send or recv and nothing else uses a
   connection that somebody else made, as stock nginx stream and mail do to peek
   at the host's; that has the milder rule native_socket_transfer. socketpair is
   left out, because its two ends are in one process. Names with underscores are
   what glibc and libSystem export beside the usual ones.
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
    imports contains " __recvfrom_chk " or
    imports contains " __socket " or
    imports contains " __connect " or
    imports contains " __sendmmsg " or
    imports contains " __connect_nocancel " or
    imports contains " __accept_nocancel " or
    imports contains " __sendto_nocancel " or
    imports contains " __sendmsg_nocancel " or
    imports contains " __recvfrom_nocancel " or
    imports contains " __recvmsg_nocancel " or
    imports contains " __accept " or
    imports contains " __bind " or
    imports contains " __listen " or
    imports contains " __connectx " or
    imports contains " __sendto " or
    imports contains " __sendmsg " or
    imports contains " __recvfrom " or
    imports contains " __recvmsg " or
    imports contains " bindresvport" or
    imports contains " rresvport" or
    imports contains " pidfd_getfd " or
    imports contains " clnt_create" or
    imports contains " clnttcp_create " or
    imports contains " clntudp_" or
    imports contains " clnt_broadcast " or
    imports contains " clnt_tp_create" or
    imports contains " callrpc " or
    imports contains " clntunix_create " or
    imports contains " getrpcport " or
    imports contains " registerrpc " or
    imports contains " svctcp_create " or
    imports contains " svcudp_" or
    imports contains " rcmd " or
    imports contains " rcmd_af " or
    imports contains " rexec " or
    imports contains " rexec_af " or
    // No file without imports is matched for these.
    imports != "" and (
      imports matches / clnt_(dg|vc|tli)_create / or
      imports matches / rpc_(call|reg|broadcast(_exp)?) / or
      imports matches / (pmap|rpcb)_(set|unset|getmaps|getport|getaddr|gettime|rmtcall) / or
      imports matches / svc(fd|unix|unixfd)_create / or
      imports matches / svc_((dg|fd|vc|tli|tp)_)?create /)
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
    imports contains " __recv_chk " or
    imports contains " __send " or
    imports contains " __recv "
}

// The bare names of the functions beside a look-up, and none of them imported.
rule native_socket_lookup
{
  meta:
    capability = "socket"
    severity = "medium"
    confidence = "low"
    attack = "T1027.007"
    hosts = "nginx php node httpd"
    description = "looks names up at run time and holds those of the socket functions, which it does not import"
    why = "Asking for socket and connect by name at run time keeps the connection out of the symbol table, where a review would look first."
    benign = "Libraries that hook or wrap the system's functions do it, and the same words can be names of options or events."
    advice = "See in a disassembly what the look-up is given; if it is these names, ask the vendor why they are not imported."
  strings:
    $socket = /\x00_?socket\x00/ // the oldest look-up of macOS wants the names of symbols
    $connect = /\x00_?connectx?\x00/
    $bind = /\x00_?bind\x00/
    $sendto = /\x00_?sendto\x00/
  condition:
    (kind == "macho" or kind == "elf") and
    imports matches / (dlsym|dlvsym|dlfunc|NSLookupSymbolInImage|NSLookupAndBindSymbol|CFBundleGetFunctionPointerForName|uv_dlsym|apr_dso_sym|g_module_symbol|lt_dlsym|__libc_dlsym|DSO_bind_func|PR_Find(Function)?Symbol|NSLookupSymbolInModule) / and
    $socket and any of ($connect, $bind, $sendto) and
    not imports contains " socket " and not imports contains " connect "
}

// In Node.js libuv is what the modules net and dgram are made of.
rule native_socket_libuv
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "nginx php node httpd"
    description = "imports functions of libuv that open, connect or serve sockets, or send and receive datagrams"
    why = "The sockets are the plugin's own although Node.js, or the library in the package, lends it the code: no script loads the module net, and no import of the system's shows them."
    benign = "Addons that speak a protocol in native code do it; codecs, parsers and bindings of databases in a file do not."
    advice = "Check that the package is documented to use the network, and which address it connects to or serves."
  condition:
    (kind == "macho" or kind == "elf") and not server and
    (imports contains " uv_tcp_connect " or
     imports contains " uv_tcp_bind " or
     imports contains " uv_udp_connect " or
     imports contains " uv_udp_bind " or
     imports contains " uv_udp_send " or
     imports contains " uv_udp_try_send " or
     imports contains " uv_udp_recv_start " or
     imports contains " uv_pipe_connect " or
     imports contains " uv_pipe_connect2 " or
     imports contains " uv_pipe_bind " or
     imports contains " uv_pipe_bind2 " or
     imports contains " uv_listen " or
     imports contains " uv_accept ")
}

// OpenSSL, with which every server for the web is linked, opens sockets as well.
rule native_socket_openssl
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "nginx php node httpd"
    description = "imports functions of OpenSSL that connect or serve sockets"
    why = "The sockets are the plugin's own although a library that its host has anyway lends it the code: no import of the system's shows them."
    benign = "Few plugins do it: what encrypts a connection gets it from the host, and clients of servers open theirs with functions of the system."
    advice = "Check that the plugin is documented to use the network, and which address it connects to or serves."
  condition:
    (kind == "macho" or kind == "elf") and not server and
    (imports contains " BIO_new_connect " or
     imports contains " BIO_new_accept " or
     imports contains " BIO_s_connect " or
     imports contains " BIO_s_accept " or
     imports contains " BIO_connect " or
     imports contains " BIO_accept_ex ")
}

// APR is what httpd itself reaches the network with.
rule native_socket_apr
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "nginx php node httpd"
    description = "imports functions of APR that open, connect or serve sockets, or send datagrams"
    why = "The sockets are the module's own although httpd lends it the code: no import of the system's shows them, and no directive of mod_proxy names the other end."
    benign = "Modules that ask a server of their own do it, for single sign-on, FastCGI or Tomcat; what answers a request gets its connection from httpd."
    advice = "Check that the module is documented to use the network, and which address it connects to or serves."
  condition:
    (kind == "macho" or kind == "elf") and not server and
    (imports contains " apr_socket_create " or
     imports contains " apr_socket_connect " or
     imports contains " apr_socket_bind " or
     imports contains " apr_socket_listen " or
     imports contains " apr_socket_sendto ")
}

// What PHP's streams connect and serve with, which gives descriptors of sockets.
rule native_socket_php
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "nginx php node httpd"
    description = "imports functions of PHP's engine that connect, bind or accept sockets"
    why = "The sockets are the extension's own although PHP lends it the code: no import of the system's shows them, and allow_url_fopen does not forbid them."
    benign = "PHP's ftp and stomp reach their servers this way; what works on texts, pictures or the site's files has no use for it."
    advice = "Check that the extension is documented to use the network, and which address it connects to or serves."
  condition:
    (kind == "macho" or kind == "elf") and not server and
    (imports contains " php_network_connect_socket " or
     imports contains " php_network_bind_socket_to_local_addr " or
     imports contains " php_network_accept_incoming" or
     imports contains " _php_stream_sock_open_host ")
}

// Libraries that make sockets of an address, for whatever protocol.
rule native_socket_library
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "nginx php node httpd"
    description = "imports a library's functions that connect or serve sockets: GLib, libevent, NSPR, Qt or the like"
    why = "The sockets are the plugin's own although a library lends it the code: no import of the system's shows them."
    benign = "Bindings of such a library do it; a filter or a codec has no use for it."
    advice = "Check that the plugin is documented to use the network, and what it connects to or serves."
  condition:
    (kind == "macho" or kind == "elf") and not server and
    (imports contains " g_socket_new " or
     imports contains " g_socket_connect " or
     imports contains " g_socket_bind " or
     imports contains " g_socket_listen " or
     imports contains " g_socket_accept " or
     imports contains " g_socket_client_connect" or
     imports contains " g_socket_listener_add" or
     imports contains " g_socket_connection_connect" or
     imports contains " g_socket_service_new " or
     imports contains " g_threaded_socket_service_new " or
     imports contains " g_network_monitor_can_reach" or
     imports contains " soup_server_listen" or
     imports contains " bufferevent_socket_connect" or
     imports contains " evconnlistener_new_bind " or
     imports contains " evhttp_bind_socket" or
     imports contains " PR_Socket " or
     imports contains " PR_OpenTCPSocket " or
     imports contains " PR_OpenUDPSocket " or
     imports contains " PR_NewTCPSocket " or
     imports contains " PR_NewUDPSocket " or
     imports contains " PR_Connect " or
     imports contains " PR_Bind " or
     imports contains " mbedtls_net_connect " or
     imports contains " mbedtls_net_bind " or
     imports contains " tls_connect " or
     imports contains " tls_connect_servername " or
     imports contains " MHD_start_daemon" or
     imports contains " lws_create_context " or
     imports contains " lws_client_connect" or
     imports contains " FCGX_OpenSocket " or
     imports contains " Tcl_OpenTcpClient " or
     imports contains " Tcl_OpenTcpServer" or
     imports contains " ne_sock_connect " or
     imports contains " usrsctp_socket " or
     imports contains " usrsctp_connect " or
     imports contains " enet_host_create " or
     imports contains " enet_host_connect " or
     imports contains " SDLNet_TCP_Open " or
     imports contains " SDLNet_UDP_Open " or
     imports contains " ssh_bind_listen " or
     imports contains " _ZN15QAbstractSocket13connectToHost" or
     imports contains " _ZN10QTcpServer6listen" or
     imports contains " _ZN15QAbstractSocket4bind" or
     imports contains " _ZN10QUdpSocket13writeDatagram" or
     imports contains " _ZN12QLocalSocket15connectToServer" or
     imports contains " _ZN4Poco3Net")
}

// A proxy or a driver gets the address from its settings.
rule native_socket_engine
{
  meta:
    capability = "socket"
    severity = "medium"
    confidence = "medium"
    attack = "T1095"
    hosts = "nginx php node httpd"
    description = "connects through its host's engine and holds the address, or has PHP call one of its socket functions"
    why = "The host opens the connection for the module, so that no import shows it, and the other end was chosen by whoever wrote the module."
    benign = "Drivers and clients hold the scheme of an address and get the rest from the site's settings."
    advice = "Ask whose address it is, and what is sent there."
  strings:
    $address = /\b(tcp|udp|ssl|tls|tlsv1\.[0-3]|udg):\/\/(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[a-z0-9][a-z0-9-]{0,40}(\.[a-z0-9-]{1,40}){1,4}|\[[0-9a-f:]{2,39}\])/
    $function = /\x00(p?fsockopen|stream_socket_(client|server)|socket_(create|connect|sendto)|curl_init)\x00/
  condition:
    (kind == "macho" or kind == "elf") and not server and
    (imports matches / (_php_stream_xport_create|php_network_connect_socket_to_host|php_network_connect_socket|apr_socket_connect|ap_proxy_connect_backend) / and $address or
     imports matches / (_?call_user_function_impl|_?call_user_function_ex|call_user_function|zend_call_(function|known_function|known_fcc|method)|zend_fetch_function(_str)?|zend_fcall_info_init) / and $function and imports matches /^ ([^ ]+ ){1,40}$/)
}

// Whose address that is, shows where the code is followed.
rule native_socket_own_address
{
  meta:
    capability = "socket"
    severity = "medium"
    confidence = "high"
    attack = "T1095"
    hosts = "nginx php node httpd"
    description = "has its host or a library connect to or serve an address that it brings itself"
    why = "The library opens the socket for the module, so that no import shows it, and the other end was chosen by whoever wrote the module."
    benign = "Drivers get the address from the site's settings; one that falls back to a server on the same machine may bring that."
    advice = "Find out who answers at that address, and let the egress rules of the server stop it until you know."
  condition:
    (kind == "macho" or kind == "elf") and not server and embedded contains " address-own@"
}

// ELF binds a call of an exported function to the first of its name in the
// process, which is the system's and not the module's own.
rule native_socket_shadow
{
  meta:
    capability = "socket"
    severity = "medium"
    confidence = "low"
    attack = "T1574.006"
    hosts = "nginx php node httpd"
    description = "exports a function under the name of one of the system's socket functions"
    why = "Such a name either takes the place of the system's function for others or reaches it without an import, and a review of the imports sees neither."
    benign = "Proxies that are preloaded (tsocks, proxychains) and test tools exist to do it; modules have no reason to."
    advice = "Ask the vendor what the function is for, and look which calls in the module lead to it."
  condition:
    kind == "elf" and not server and
    (exports contains " socket " or
     exports contains " connect " or
     exports contains " bind " or
     exports contains " listen " or
     exports contains " accept " or
     exports contains " accept4 " or
     exports contains " sendto " or
     exports contains " sendmsg " or
     exports contains " recvfrom " or
     exports contains " recvmsg ")
}

// Without a library: system calls by number, and Go's package net, whose
// functions are named in every program that has them.
rule native_socket_direct
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "low"
    attack = "T1106"
    hosts = "nginx php node httpd"
    description = "seems to open sockets by system calls of its own, without the system's library"
    why = "A system call by number needs no import, so neither the symbol table nor a hook on the library shows the connection."
    benign = "Everything written in Go does it, as do programs that are linked statically and libraries that replace the system's."
    advice = "If the module is not written in Go, look at the call in a disassembly; else treat it like one that imports socket."
  strings:
    $go = "\x00net.(*Dialer).DialContext\x00"
    $go_listen = "\x00net.(*ListenConfig).Listen\x00"
    $linux_x86 = { B8 29 00 00 00 [0-24] 0F 05 }                           // mov eax, 41; syscall
    // mov edi, 41; mov esi, a domain; mov edx, a type; call syscall
    $linux_x86_library_down = { BA (01 | 02 | 03) 00 (00 | 08) 00 [0-8] BE (01 | 02 | 0A | 11) 00 00 00 [0-8] BF 29 00 00 00 [0-8] (E8 | FF 15) }
    $linux_x86_library_up = { BF 29 00 00 00 [0-8] BE (01 | 02 | 0A | 11) 00 00 00 [0-8] BA (01 | 02 | 03) 00 (00 | 08) 00 [0-8] (E8 | FF 15) }
    // mov x8, 198; svc 0
    $linux_arm = { C8 18 80 (52 | D2) [0-24] 01 00 00 D4 }
    $linux_arm_library = { C0 18 80 (52 | D2) [0-16] (21 | 41 | 01) (00 | 01 | 02) 80 (52 | D2) [0-16] ?? ?? ?? (94 | 95 | 96 | 97) }
    $macos_x86 = { B8 61 00 00 02 [0-24] 0F 05 }                           // mov eax, 97 of class 2; syscall
    $macos_arm = { 30 0C 80 (52 | D2) [0-24] 01 10 00 D4 }                 // mov x16, 97; svc 0x80
    // The same with 97; of a call with a variable number of arguments, arm64 of macOS has
    // all but the first in memory. Who asks for 97 bytes has the number, too.
    $macos_x86_library_down = { BA (01 | 02 | 03) 00 00 00 [0-8] BE (01 | 02 | 1E | 20) 00 00 00 [0-8] BF 61 00 00 00 [0-8] (E8 | FF 15) }
    $macos_x86_library_up = { BF 61 00 00 00 [0-8] BE (01 | 02 | 1E | 20) 00 00 00 [0-8] BA (01 | 02 | 03) 00 00 00 [0-8] (E8 | FF 15) }
    $macos_arm_library_down = { ?? ?? 0? (A9 | B9 | F9) [0-8] 20 0C 80 (52 | D2) [0-16] ?? ?? ?? (94 | 95 | 96 | 97) }
    $macos_arm_library_up = { 20 0C 80 (52 | D2) [0-16] ?? ?? 0? (A9 | B9 | F9) [0-8] ?? ?? ?? (94 | 95 | 96 | 97) }
  condition:
    (kind == "macho" or kind == "elf") and
    not imports contains " socket " and
    (any of ($go*, $linux_x86, $linux_arm, $macos_x86, $macos_arm) or
     imports contains " syscall " and
     (any of ($linux_x86_library*, $linux_arm_library) or
      kind == "macho" and any of ($macos_x86_library*, $macos_arm_library*)))
}

// What plugvet finds when it follows the code: names that stand nowhere in the file,
// and the numbers of system calls.
rule native_socket_computed
{
  meta:
    capability = "socket"
    severity = "medium"
    confidence = "high"
    attack = "T1027.007"
    hosts = "nginx php node httpd"
    description = "decodes or puts together the name of a socket function, looks for it by a hash, or makes system calls for sockets by number"
    why = "The connection then shows neither in the symbol table nor to a search of the file, and there is no other reason to go to that length."
    benign = "Programs that are linked statically and those in Go make such system calls; no module is known to that hides a name."
    advice = "Look at the code at the offset in a disassembly, and keep the module out of service until it is known whom it talks to."
  condition:
    (kind == "macho" or kind == "elf") and not server and embedded matches / (function|number|hash)-socket@/
}

rule wasm_socket
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "nginx php node httpd"
    description = "is a WebAssembly module that imports socket functions"
    why = "A module asks its host for everything it does outside of its own memory, so this import says that it is built to talk to other machines."
    benign = "Runtimes and databases that were compiled to WebAssembly import them, and Go's do so whether or not a program uses them."
    advice = "Check that whoever runs the module hands it no sockets unless the plugin is meant to have them."
  condition:
    kind == "wasm" and
    (imports contains ".sock_open " or
     imports contains ".sock_open_v2 " or
     imports contains ".sock_connect " or
     imports contains ".sock_bind " or
     imports contains ".sock_listen " or
     imports contains ".sock_accept " or
     imports contains ".sock_accept_v2 " or
     imports contains ".sock_send " or
     imports contains ".sock_send_to" or
     imports contains ".sock_recv " or
     imports contains ".sock_recv_from" or
     imports contains " wasi:sockets/tcp" or
     imports contains " wasi:sockets/udp" or
     imports contains " wasi:sockets/instance-network" or
     imports contains " env.__syscall_socket " or
     imports contains " env.__syscall_connect " or
     imports contains " env.__syscall_bind " or
     imports matches / (node:)?(net|tls|dgram)\./)
}

rule javascript_socket_wasm
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "medium"
    attack = "T1095"
    hosts = "node"
    description = "holds a WebAssembly module in base64 that imports socket functions"
    why = "The module is built to talk to other machines, and as it stands in base64 within a script no list of imports says so."
    benign = "Databases and language runtimes that were compiled to WebAssembly and bundled import them."
    advice = "Decode the module, see what it imports, and check that the script gives it no sockets unless the plugin is meant to have them."
  strings:
    $head = /\bAGFzbQ(EAAAA|0AAQA)/ // of a module and of a component
    $import_open = "sock_open" base64
    $import_connect = "sock_connect" base64
    $import_bind = "sock_bind" base64
    $import_listen = "sock_listen" base64
    $import_accept = "sock_accept" base64
    $import_send = "sock_send" base64
    $import_receive = "sock_recv" base64
    $import_tcp = "wasi:sockets/tcp" base64
    $import_udp = "wasi:sockets/udp" base64
    $import_syscall = "__syscall_socket" base64
    $import_syscall_connect = "__syscall_connect" base64
    $import_syscall_bind = "__syscall_bind" base64
    $import_instance = "wasi:sockets/instance-network" base64
    $decoded = /(\\0|\x00)asm[^"\n]{0,2000}(sock_open|sock_connect|sock_bind|sock_listen|sock_accept|sock_send|sock_recv|wasi:sockets\/tcp|wasi:sockets\/udp|__syscall_socket|__syscall_connect|__syscall_bind)/ // where the view shows what is in base64
  condition:
    kind == "javascript" and view == "decoded" and ($head and any of ($import*) or $decoded)
}

rule native_socket_framework
{
  meta:
    capability = "socket"
    severity = "low"
    confidence = "high"
    attack = "T1095"
    hosts = "nginx php node httpd"
    description = "imports the sockets of Foundation, CoreFoundation or the Network framework, or objects of another process"
    why = "Apple's frameworks open connections without the usual functions, which rules that look for connect alone do not see."
    benign = "Node addons for Bluetooth, device discovery or VPNs on macOS use them; server modules ported from Linux do not."
    advice = "Check that the module is meant for macOS and talks to something by purpose, else treat it like one with unexplained sockets."
  condition:
    (kind == "macho" or kind == "elf") and
    (imports contains " CFSocket" or
     imports contains " CFStreamCreatePair" or
     imports contains " nw_connection_" or
     imports contains " nw_listener_" or
     imports contains " $s7Network12NWConnectionC" or
     imports contains " $s7Network10NWListenerC" or
     imports contains " CFMessagePortCreate" or
     imports contains " xpc_connection_create" or
     classes contains " NSSocketPort " or
     classes contains " NSSocketPortNameServer " or
     classes contains " NSConnection " or
     classes contains " NSXPCConnection " or
     classes contains " NSXPCListener " or
     classes contains " NWTCPConnection " or
     classes contains " NWUDPSession " or
     classes contains " MCSession " or
     classes contains " MCNearbyServiceAdvertiser " or
     classes contains " GKSession " or
     selectors contains " rootProxyForConnectionWithRegisteredName:host:" or
     selectors contains " initRemoteWithProtocolFamily:socketType:protocol:address: " or
     selectors contains " initRemoteWithTCPPort:host: " or
     selectors matches / getStreamsToHost(WithName)?:port:inputStream:outputStream: / or
     selectors contains " streamTaskWithHostName:port: ")
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
    why = "Plain sockets carry any protocol to any port, past proxies and logs that see HTTP only: a reverse shell in Node.js needs net and child_process."
    benign = "Database drivers, HTTP agents, mail and message queue clients, and free-port finders load them."
    advice = "Accept it where the package speaks a protocol; be wary where exec was found beside it."
  condition:
    (kind == "javascript" or kind == "json") and
    (modules contains " net " or
     modules contains " tls " or
     modules contains " dgram " or
     calls contains " http.globalAgent.createConnection " or
     calls contains " https.globalAgent.createConnection " or
     calls contains " http.Agent.createConnection " or
     calls contains " https.Agent.createConnection " or
     calls contains " http.Agent.createSocket " or
     calls contains " https.Agent.createSocket " or
     calls contains " http.Agent.addRequest " or
     calls contains " https.Agent.addRequest ")
}

rule javascript_socket_hook
{
  meta:
    capability = "socket"
    severity = "high"
    confidence = "high"
    attack = "T1059.004"
    hosts = "node"
    description = "has npm open a connection by nc, socat, ssh or the like when the package is installed"
    why = "A connection that a shell line holds carries whatever its other end wants, commands among it: it is what a reverse shell looks like."
    benign = "Hardly any: a script that waits for a port of a database before a test."
    advice = "Install with --ignore-scripts, and treat machines that installed it as lost until the other end is known."
  condition:
    kind == "json" and calls contains " install:connect "
}

// What exec.yar asks for in full: each file of rules compiles without the others.
private rule starts_a_shell
{
  condition:
    (kind == "macho" or kind == "elf") and
    (imports matches / (system|popen|posix_spawnp?|exec[lv]p?e?|fork|vfork|g_spawn_[a-z_]+|apr_proc_create) / or classes contains " NSTask ") or
    kind == "javascript" and view == "decoded" and
    (modules matches / (child_process|binding:spawn_sync|binding:process_wrap|execa|cross-spawn|shelljs|zx) / or calls contains " Bun.spawn") or
    kind == "php" and view == "decoded" and
    calls matches / (exec|shell_exec|system|passthru|popen|proc_open|pcntl_exec) /
}

// A shell connects where its redirections name such a file, and imports nothing for it.
rule socket_shell_connection
{
  meta:
    capability = "socket"
    severity = "medium"
    confidence = "high"
    attack = "T1059.004"
    hosts = "nginx php node httpd"
    description = "has Bash open a connection by a name below /dev/tcp or /dev/udp"
    why = "The shell that the plugin starts holds the connection, mostly to take commands from it, so that neither imports nor calls show a socket."
    benign = "None is known: a language of plugins has functions for that."
    advice = "Find what starts the line and where it connects; treat it as a reverse shell until that is known."
  strings:
    $file = /\B\/dev\/(tcp|udp)\//
  condition:
    $file and starts_a_shell
}

rule shell_socket_connection
{
  meta:
    capability = "socket"
    severity = "medium"
    confidence = "medium"
    attack = "T1059.004"
    hosts = "nginx php node httpd"
    description = "is a shell script that opens a connection by a name below /dev/tcp or /dev/udp"
    why = "Whatever starts the script, such as an install hook or a call from the plugin's code, opens the connection with it."
    benign = "Start scripts of containers wait for a database that way, and are shipped beside the plugin."
    advice = "See who runs the script and where it connects, and delete it from the deployed tree if the plugin works without it."
  strings:
    $line = /(^|\n)([^#\n]|[^\s#]#){0,800}\B\/dev\/(tcp|udp)\// // and not in a comment
  condition:
    kind == "shell" and $line
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
  condition:
    (kind == "javascript" or kind == "json") and
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
    why = "A connection that the plugin opens by itself passes by all that the server filters and logs."
    benign = "Database clients and development servers that also run on Bun or Deno."
    advice = "Find out whom it talks to, and whether the site needs that."
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
    why = "A request that opens a socket can reach inside the network that the server stands in, or give a caller an interactive shell."
    benign = "Mailers speak SMTP this way, and clients of Redis, Memcached, AMQP and FTP use streams throughout."
    advice = "See that host and port come from the settings and never from the request."
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
    why = "The extension offers listening sockets and datagrams, which page code has little reason for and back doors have much."
    benign = "Workers and daemons such as websocket servers and syslog or statsd clients use it from the command line."
    advice = "Check whether it runs in web requests at all; if only workers need it, load the extension for the command line alone."
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

rule php_socket_foreign
{
  meta:
    capability = "socket"
    severity = "medium"
    confidence = "high"
    attack = "T1095"
    hosts = "php"
    description = "calls the system's functions for sockets, by FFI"
    why = "It gets round disable_functions and what PHP logs of its own connections."
    benign = "Bindings to system libraries may, though few need a socket of their own."
    advice = "Ask why PHP's own functions were not good enough, and set ffi.enable to preload."
  condition:
    kind == "php" and calls contains " ffi:socket "
}
