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
    imports contains " getipnodeby" or
    imports contains " getnetby" or
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
    imports contains " gethostbyaddr" or
    imports contains " getnameinfo " or
    imports contains " res_querydomain " or
    imports contains " res_nquerydomain " or
    imports contains " __res_querydomain " or
    imports contains " __res_nquerydomain " or
    imports contains " res_9_querydomain " or
    imports contains " res_9_nquerydomain " or
    imports contains " res_send " or
    imports contains " res_nsend " or
    imports contains " __res_send " or
    imports contains " __res_nsend " or
    imports contains " res_9_send " or
    imports contains " res_9_nsend " or
    imports contains " dns_query " or
    imports contains " dns_search " or
    imports contains " DNSService" or
    imports contains " CFHost" or
    imports contains " CFNetService" or
    imports contains " CFNetworkExecuteProxyAutoConfiguration" or
    imports contains " SCNetworkReachabilityCreateWithName " or
    imports contains " nw_browser_" or
    imports contains " CFHTTP" or
    imports contains " CFReadStreamCreateWithFTPURL " or
    imports contains " CFWriteStreamCreateWithFTPURL " or
    imports contains " CFURLCreateDataAndPropertiesFromResource " or
    imports contains " CFReadStreamCreateForHTTPRequest " or
    imports contains " CFReadStreamCreateForStreamedHTTPRequest " or
    imports contains " curl_easy_" or
    imports contains " curl_multi_" or
    imports contains " curl_ws_" or
    imports contains " ares_query" or
    imports contains " ares_search" or
    imports contains " ares_send" or
    imports contains " ares_get" or
    imports contains " evdns_base_" or
    imports contains " evdns_resolve" or
    imports contains " evdns_getaddrinfo " or
    imports contains " evhttp_make_request " or
    imports contains " bufferevent_socket_connect" or
    imports contains " g_socket_client_connect" or
    imports contains " g_resolver_lookup" or
    imports contains " soup_session_" or
    imports contains " soup_message_new" or
    imports contains " ne_session_create " or
    imports contains " serf_connection_create" or
    imports contains " ub_resolve" or
    imports contains " ldns_resolver_" or
    imports contains " getdns_" or
    imports contains " OSSL_HTTP_" or
    imports contains " OCSP_sendreq_" or
    imports contains " X509_load_http " or
    imports contains " xmlNanoHTTP" or
    imports contains " xmlNanoFTP" or
    imports contains " NetFSMountURL" or
    imports contains " FSMountServerVolume" or
    embedded contains " function-network@" or
    embedded contains " hash-network@" or
    classes contains " NSURLSession " or
    classes contains " NSURLConnection " or
    classes contains " NSURLDownload " or
    classes contains " NSHost " or
    classes contains " NSNetService " or
    classes contains " NSNetServiceBrowser " or
    classes contains " NSURLHandle " or
    classes contains " MCSession " or
    classes contains " MCNearbyServiceAdvertiser " or
    classes contains " MCNearbyServiceBrowser " or
    classes contains " CKContainer " or
    classes contains " CKDatabase " or
    classes contains " WKWebView " or
    classes contains " WebView " or
    kind == "macho" and selectors matches / ((data|download|upload|webSocket)TaskWith(URL|Request|ResumeData):|streamTaskWithHostName:|send(Synchronous|Asynchronous)Request:|connectionWithRequest:delegate:|initWithRequest:delegate:|resourceDataUsingCache:|loadResourceDataNotifyingClient:|URLHandleUsingCache:|setMainFrameURL:)/ or
    // No file without imports is matched for these.
    imports != "" and (
      imports matches / (getaddrinfo|getnameinfo|gethostbyname|gethostbyaddr|getipnodebyname|getipnodebyaddr|dns)_async_start / or
      imports matches / _nss_dns_get(host|net|canonname)[a-z0-9_]{1,20} / or
      imports matches / (rcmd(_af)?|rexec(_af)?|clnt_create(_timed|_vers|_vers_timed)?|clnt_tp_create(_timed)?|clnt_broadcast|callrpc|rpc_(call|broadcast(_exp)?)|rpcb_(getaddr|getmaps|gettime|rmtcall)|pmap_(getmaps|getport|rmtcall)|getrpcport) /)
}

// Foundation and others read what lies at an address, as they read a file.
rule native_network_contents
{
  meta:
    capability = "network"
    severity = "info"
    confidence = "medium"
    attack = "T1105"
    hosts = "nginx php node httpd"
    description = "makes addresses of texts, and has Foundation or another of Apple's frameworks read what lies at one"
    why = "A text, a list, a picture or a film is fetched from wherever the address says, and no class or import looks like a connection."
    benign = "Addons that get the address of a file as a text do it as well."
    advice = "See which addresses it makes, and let the server's egress rules stop what nobody needs to fetch."
  condition:
    kind == "macho" and not server and
    (selectors matches / (URLWithString:|initWithString:relativeToURL:|URLWithDataRepresentation:|URLByResolvingBookmarkData:|setHost:)/ or
     classes contains " NSURLComponents " or
     imports contains " CFURLCreateWithString " or
     imports contains " CFURLCreateWithBytes " or
     imports contains " CFURLCreateAbsoluteURLWithBytes " or
     imports contains " $s10Foundation3URLV6string" or
     imports contains " $s10Foundation13URLComponentsV") and
    (selectors matches / ([A-Za-z]{0,24}WithContentsOfURL:|initByReferencingURL:|initWithURL:(options:)?documentAttributes:|readFromURL:|loadFromHTMLWith|(player|playerItem|asset|URLAsset|scene|movie)WithURL:)/ or
     classes matches / (AVPlayer|AVQueuePlayer|AVPlayerItem|AVURLAsset|AVAsset|QTMovie) / or
     imports contains " CGDataProviderCreateWithURL " or
     imports contains " CGImageSourceCreateWithURL " or
     imports contains " CGPDFDocumentCreateWithURL " or
     imports contains " CFXMLTreeCreateWithDataFromURL " or
     imports contains " CFPropertyListCreateFromURL " or
     imports contains " $s10Foundation4DataV10contentsOf" or
     imports contains " $sSS10FoundationE10contentsOf")
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
    imports contains " ngx_udp_connect " or
    imports contains " ngx_create_listening " or
    imports contains " ngx_open_listening_sockets " or
    imports contains " ngx_resolve_name " or
    imports contains " ngx_resolve_addr " or
    imports contains " ngx_inet_resolve_host " or
    imports contains " ngx_http_upstream_init " or
    imports contains " ngx_http_upstream_create " or
    imports contains " _php_stream_xport_create " or
    imports contains " php_network_connect_socket_to_host " or
    imports contains " php_network_connect_socket " or
    imports contains " php_network_getaddresses " or
    imports contains " php_network_gethostbyname " or
    imports contains " apr_socket_connect " or
    imports contains " apr_sockaddr_info_get " or
    imports contains " apr_getnameinfo " or
    imports contains " ap_proxy_connect_backend " or
    imports contains " ap_proxy_connect_to_backend " or
    imports contains " ap_proxy_connect_uds " or
    imports contains " ap_proxy_determine_connection " or
    imports contains " apr_memcache_add_server " or
    imports contains " apr_redis_add_server " or
    imports contains " apr_dbd_open " or
    imports contains " apr_ldap_init " or
    imports contains " uv_getaddrinfo " or
    imports contains " uv_getnameinfo "
}

// PHP opens an address as it opens a file.
rule native_network_address
{
  meta:
    capability = "network"
    severity = "info"
    confidence = "medium"
    attack = "T1105"
    hosts = "nginx php node httpd"
    description = "imports the function by which PHP's engine opens files, and holds the address of a server"
    why = "The engine fetches or sends what the address names, so that no import looks like a connection, and the other end was chosen by whoever wrote the extension."
    benign = "Extensions hold addresses of their documentation and of namespaces, as xdebug does, and open files with the same function."
    advice = "See whose address it is, and whether it is opened or only printed."
  strings:
    // where a text or a value in it begins, and not within a sentence
    $address = /[\x00"'=](https?|ftps?|ssh2\.[a-z]{3,6}):\/\/([a-z0-9._~%!$&-]{1,60}(:[^@\/\x00]{1,60})?@)?(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[a-z0-9][a-z0-9-]{0,40}(\.[a-z0-9-]{1,40}){1,4}|localhost|\[[0-9a-f:]{2,39}\])/
  condition:
    (kind == "macho" or kind == "elf") and not server and $address and #address < 6 and
    (#address > 1 or not exports contains " zend_extension_entry ") and // which has the address of its author
    imports matches / (_php_stream_open_wrapper_ex|_php_stream_opendir|php_stream_open_for_zend_ex|php_copy_file(_ctx|_ex)?|zend_stream_open|zend_stream_init_filename(_ex)?|php_execute_(simple_)?script) /
}

// A library that knows the protocol brings the socket along.
rule native_network_client
{
  meta:
    capability = "network"
    severity = "info"
    confidence = "high"
    attack = "T1071"
    hosts = "nginx php node httpd"
    description = "imports a library's function that connects to a server of databases, directories, messages or mail, or over SSH"
    why = "The library opens the connection, so that no import looks like a socket, and what the plugin sends over it is up to the plugin."
    benign = "Drivers are made for it: PHP's pgsql, ldap, snmp, amqp and odbc, and httpd's modules that log to or ask a database."
    advice = "Check that the plugin is documented to use such a server, and that the site's settings name the one it connects to."
  condition:
    (kind == "macho" or kind == "elf") and not server and
    (imports contains " PQconnect" or
     imports contains " PQsetdb" or
     imports contains " PQping" or
     imports contains " mysql_real_connect" or
     imports contains " mysql_connect " or
     imports contains " mysqlnd_connection_connect " or
     imports contains " ldap_init " or
     imports contains " ldap_initialize " or
     imports contains " ldap_open " or
     imports contains " ldap_connect " or
     imports contains " SQLConnect" or
     imports contains " SQLDriverConnect" or
     imports contains " SQLBrowseConnect" or
     imports contains " tdsdbopen " or
     imports contains " dbopen " or
     imports contains " OCIServerAttach " or
     imports contains " OCILogon" or
     imports contains " isc_attach_database " or
     imports contains " redisConnect" or
     imports contains " redisAsyncConnect" or
     imports contains " memcached_create " or
     imports contains " memcached_server_add" or
     imports contains " mongoc_client_new" or
     imports contains " mongoc_client_pool_new" or
     imports contains " cass_session_connect" or
     imports contains " lcb_connect " or
     imports contains " amqp_socket_open" or
     imports contains " amqp_tcp_socket_new " or
     imports contains " amqp_ssl_socket_new " or
     imports contains " rd_kafka_new " or
     imports contains " mosquitto_connect" or
     imports contains " MQTTClient_connect " or
     imports contains " MQTTAsync_connect " or
     imports contains " zmq_connect " or
     imports contains " zmq_bind " or
     imports contains " nn_bind " or
     imports contains " nng_listen " or
     imports contains " nn_connect " or
     imports contains " nng_dial " or
     imports contains " snmp_open " or
     imports contains " snmp_sess_open " or
     imports contains " ssh_connect " or
     imports contains " libssh2_session_startup " or
     imports contains " libssh2_session_handshake " or
     imports contains " libssh2_channel_direct_tcpip" or
     imports contains " libssh2_channel_forward_listen" or
     imports contains " git_clone " or
     imports contains " git_remote_connect" or
     imports contains " git_remote_fetch " or
     imports contains " smbc_open " or
     imports contains " smbc_init" or
     imports contains " smb2_connect_share" or
     imports contains " nfs_mount " or
     imports contains " rad_send_request " or
     imports contains " krb5_get_init_creds" or
     imports contains " krb5_sendto_kdc " or
     imports contains " gss_init_sec_context " or
     imports contains " mail_open " or
     imports contains " smtp_start_session " or
     imports contains " virConnectOpen" or
     imports contains " cupsDoRequest" or
     imports contains " httpConnect" or
     imports contains " RTMP_Connect " or
     imports contains " RTSP_" or
     imports contains " ykclient_request " or
     imports contains " pa_context_connect " or
     imports contains " SDLNet_TCP_Open ")
}

// The name of a document may be an address.
rule native_network_document
{
  meta:
    capability = "network"
    severity = "info"
    confidence = "medium"
    attack = "T1105"
    hosts = "nginx php node httpd"
    description = "imports a library's function that reads a document, picture or film by its name, and holds an address"
    why = "Functions of libxml2, ImageMagick, FFmpeg and Foundation fetch what an address names as they read a file, and no import looks like a connection."
    benign = "Extensions hold addresses of their documentation and names of schemas beside such functions."
    advice = "See whose address it is, and whether it is read or only printed; let the server's egress rules stop what nobody needs to fetch."
  strings:
    $address = /\x00(https?|ftp):\/\/[^\x00 ]{4,200}\x00/
    $schema = /\x00https?:\/\/([a-z]{1,20}\.)?(w3|apache|php|xmlsoap|exslt|openoffice|apple)\.(org|net|com)\//
  condition:
    (kind == "macho" or kind == "elf") and not server and #address > #schema and #address < 6 and
    (imports contains " xmlReadFile " or
     imports contains " xmlCtxtReadFile " or
     imports contains " xmlParseFile " or
     imports contains " xmlSAXParseFile" or
     imports contains " xmlSAXUserParseFile " or
     imports contains " xmlRecoverFile " or
     imports contains " xmlParseEntity " or
     imports contains " xmlSAXParseEntity " or
     imports contains " xmlParseDTD " or
     imports contains " xmlSAXParseDTD " or
     imports contains " xmlLoadExternalEntity " or
     imports contains " xmlNewInputFromFile " or
     imports contains " xmlNewInputFromUrl " or
     imports contains " xmlInputCreateUrl " or
     imports contains " xmlCreateFileParserCtxt " or
     imports contains " xmlCreateURLParserCtxt " or
     imports contains " xmlParserInputBufferCreateFilename " or
     imports contains " xmlNewTextReaderFilename " or
     imports contains " xmlReaderForFile " or
     imports contains " xmlReaderNewFile " or
     imports contains " xmlXIncludeProcess" or
     imports contains " xmlSchemaNewParserCtxt " or
     imports contains " xmlRelaxNGNewParserCtxt " or
     imports contains " xmlLoadCatalog " or
     imports contains " xmlLoadCatalogs " or
     imports contains " xmlIOHTTP" or
     imports contains " xmlIOFTP" or
     imports contains " xmlOutputBufferCreateFilename " or
     imports contains " xmlSaveToFilename " or
     imports contains " htmlReadFile " or
     imports contains " htmlCtxtReadFile " or
     imports contains " htmlParseFile " or
     imports contains " htmlSAXParseFile " or
     imports contains " htmlCreateFileParserCtxt " or
     imports contains " xsltParseStylesheetFile " or
     imports contains " xsltLoadStylesheetPI " or
     imports contains " XML_ParseFile " or
     imports contains " raptor_parser_parse_uri " or
     imports contains " avformat_open_input " or
     imports contains " avio_open" or
     imports contains " MagickReadImage " or
     imports contains " MagickPingImage " or
     imports contains " GmReadImage " or
     imports contains " ReadImage " or
     imports contains " GDALOpen" or
     imports contains " OGROpen" or
     imports contains " hts_open" or
     imports contains " nc_open " or
     imports contains " g_file_new_for_uri " or
     imports contains " g_file_new_for_commandline_arg " or
     imports contains " g_file_parse_name " or
     imports contains " gst_element_make_from_uri " or
     imports contains " gst_parse_launch" or
     imports contains " CFPropertyListCreateFromURL " or
     selectors matches /(WithContentsOfURL|ByReferencingURL):/)
}

// Whose address that is, shows where the code is followed.
rule native_network_own_document
{
  meta:
    capability = "network"
    severity = "medium"
    confidence = "high"
    attack = "T1105"
    hosts = "nginx php node httpd"
    description = "has its host or a library read a document at an address that it brings itself, or one that names such an address"
    why = "The library fetches it as it reads a file, so that no import looks like a connection, and the other end was chosen by whoever wrote the module."
    benign = "None is known: readers get the names of documents from the site's settings or from a request."
    advice = "See what is fetched from there and who serves it, and forbid the server to reach it until that is known."
  condition:
    (kind == "macho" or kind == "elf") and not server and embedded contains " document-own@"
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

// Scripts carry modules of WebAssembly in base64, where no reader of modules looks.
rule javascript_network_wasm
{
  meta:
    capability = "network"
    severity = "info"
    confidence = "medium"
    attack = "T1071"
    hosts = "node"
    description = "holds a WebAssembly module in base64 that imports a resolver or an HTTP client"
    why = "What the module asks of its host stands in base64, so that neither a list of imports nor a search of the script shows that it reaches other machines."
    benign = "Bundlers put modules into scripts this way, and components for edge servers import such functions."
    advice = "Decode the module, see what it imports, and check what the script gives it."
  strings:
    $head = /\bAGFzbQ(EAAAA|0AAQA)/ // of a module and of a component
    $import_http = "wasi:http/outgoing-handler" base64
    $import_client = "wasi:http/client" base64
    $import_lookup = "wasi:sockets/ip-name-lookup" base64
    $import_resolve = "sock_getaddrinfo" base64
    $import_fetch = "emscripten_start_fetch" base64
    $import_websocket = "emscripten_websocket_new" base64
    $decoded = /(\\0|\x00)asm[^"\n]{0,2000}(wasi:http\/outgoing-handler|wasi:http\/client|wasi:sockets\/ip-name-lookup|sock_getaddrinfo|emscripten_start_fetch|emscripten_websocket_new)/ // where the view shows what is in base64
  condition:
    kind == "javascript" and view == "decoded" and ($head and any of ($import*) or $decoded)
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
    (kind == "javascript" or kind == "json") and
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

rule javascript_network_hook
{
  meta:
    capability = "network"
    severity = "medium"
    confidence = "high"
    attack = "T1105"
    hosts = "node"
    description = "has npm fetch something by curl, wget or the like when the package is installed"
    why = "What comes that way is in no lockfile and under no digest of npm, and may be another thing tomorrow."
    benign = "Wrappers of command line tools that fetch the tool's binary, mostly from a script for Node.js instead."
    advice = "See what is fetched and whether a digest is checked; mirror it where the build should not depend on it."
  condition:
    kind == "json" and calls contains " install:fetch "
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
    (kind == "javascript" or kind == "json") and
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
    description = "uses an HTTP client or a resolver, or keeps sessions on another machine"
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
     calls contains " session:remote " or
     calls contains " soapclient::__construct ")
}

// The clients of other protocols are too common to tell of where they stand in clear:
// drivers, mail and backups have them. The reader takes a wrapper's "ftp_$name" for clear,
// where the word is a parameter that the caller spells out, or one of several that stand
// there. Few who use a client honestly put its name together in another way.
rule php_network_hidden_client
{
  meta:
    capability = "network"
    severity = "info"
    confidence = "high"
    attack = "T1095"
    hosts = "php"
    only_hidden = true
    description = "puts together or decodes the name of a client of FTP, SSH, SNMP, LDAP or mail, or of a resolver"
    why = "A connection by one of these protocols passes on what visitors submit as well as one over HTTP does, and its name is hidden here."
    benign = "A wrapper of such a client may join its name of more than a prefix and a word it is given, as in 'ftp_' . ($ssl ? 'ssl_' : '') . 'connect'."
    advice = "See how the name comes about: pieces that are cut, decoded or turned round are there to hide it. Find out which machine is called and what it is sent."
  condition:
    kind == "php" and view == "decoded" and
    (calls contains " ftp_connect " or
     calls contains " ftp_ssl_connect " or
     calls contains " ssh2_connect " or
     calls contains " ldap_connect " or
     calls contains " ldap_connect_wallet " or
     calls contains " imap_open " or
     calls contains " snmpget " or
     calls contains " snmpgetnext " or
     calls contains " snmpwalk " or
     calls contains " snmprealwalk " or
     calls contains " snmpwalkoid " or
     calls contains " snmpset " or
     calls contains " snmp2_get " or
     calls contains " snmp2_getnext " or
     calls contains " snmp2_walk " or
     calls contains " snmp2_real_walk " or
     calls contains " snmp2_set " or
     calls contains " snmp3_get " or
     calls contains " snmp3_getnext " or
     calls contains " snmp3_walk " or
     calls contains " snmp3_real_walk " or
     calls contains " snmp3_set " or
     calls contains " snmp::__construct " or
     calls contains " smbclient_state_init " or
     calls contains " smbclient_open " or
     calls contains " smbclient_opendir " or
     calls contains " yaz_connect " or
     calls contains " stomp_connect " or
     calls contains " stomp::__construct " or
     calls contains " amqpconnection::__construct " or
     calls contains " gearmanclient::__construct " or
     calls contains " zmqsocket::__construct " or
     calls contains " yar_client::__construct " or
     calls contains " oauth::__construct " or
     calls contains " http\\client::__construct " or
     calls contains " swoole\\client::__construct " or
     calls contains " swoole\\coroutine\\client::__construct " or
     calls contains " swoole\\coroutine\\http\\client::__construct " or
     calls contains " gethostbyaddr " or
     calls contains " checkdnsrr " or
     calls contains " dns_check_record " or
     calls contains " getmxrr " or
     calls contains " dns_get_mx ")
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
