/*
   Raw sockets: can the plugin read or forge the traffic of the whole machine?

   AF_PACKET and SOCK_RAW are constants, so native code shows them only in the
   instructions that load a call's arguments. Where plugvet follows the code, it
   knows what a call is given. Of larger files a rule looks for all three
   arguments of socket() close together, which is a weak sign and it says so.
*/

private rule socket_raw_pcap
{
  condition:
    imports contains " pcap_" or
    imports contains " libnet_" or
    imports contains " pfring_" or
    imports contains " nfq_"
}

rule native_socket_raw_pcap
{
  meta:
    capability = "socket.raw"
    severity = "high"
    confidence = "high"
    attack = "T1040"
    hosts = "nginx php httpd"
    description = "imports libpcap or a library like it, which captures or forges network traffic"
    why = "Whoever captures packets on a web server reads every visitor's traffic behind TLS termination, and can be woken by a secret packet."
    benign = "No nginx, PHP or httpd module that we know of captures packets; intrusion detection runs as a program of its own."
    advice = "Take the module out of service and look at what it does with the packets; check the server for rights to capture (CAP_NET_RAW, root)."
  condition:
    host != "node" and socket_raw_pcap
}

rule native_socket_raw_pcap_node
{
  meta:
    capability = "socket.raw"
    severity = "medium"
    confidence = "high"
    attack = "T1040"
    hosts = "node"
    description = "is an addon that imports libpcap or a library like it, which captures or forges network traffic"
    why = "Packet capture in the server's process sees the traffic of the whole machine, if the process has the rights for it."
    benign = "The packages cap and pcap wrap libpcap for network tools."
    advice = "Keep it off web servers, and see that the service runs without CAP_NET_RAW and not as root."
  condition:
    host == "node" and socket_raw_pcap
}

rule native_socket_raw_bpf
{
  meta:
    capability = "socket.raw"
    severity = "high"
    confidence = "high"
    attack = "T1040"
    hosts = "nginx php httpd"
    description = "names the packet filter device, which captures network traffic"
    why = "The device gives a process on macOS or BSD all packets of an interface; nothing that answers requests opens it."
    benign = "Network libraries name the device in a table or an error message even where it is never opened."
    advice = "See whether the module opens it, and whether the service user may read the device; both together are an incident."
  strings:
    $device = "/dev/bpf"
  condition:
    host != "node" and (kind == "macho" or kind == "elf") and $device
}

rule native_socket_raw_bpf_node
{
  meta:
    capability = "socket.raw"
    severity = "medium"
    confidence = "high"
    attack = "T1040"
    hosts = "node"
    description = "is an addon that names the packet filter device, which captures network traffic"
    why = "An addon that opens the device reads the packets of all programs on the machine."
    benign = "Builds of libpcap inside network tools name it, as do libraries that look up the hardware address of an interface."
    advice = "Check that the package is a network tool and that the server really needs it."
  strings:
    $device = "/dev/bpf"
  condition:
    host == "node" and (kind == "macho" or kind == "elf") and $device
}

// The three arguments of socket in any order and a call: a domain (AF_INET,
// AF_INET6 of Linux or macOS, AF_PACKET), the type SOCK_RAW with or without
// SOCK_CLOEXEC and SOCK_NONBLOCK, and any protocol but zero, which raw sockets
// do not take. A call of another function
// with the same numbers looks the same.
rule native_socket_raw_call
{
  meta:
    capability = "socket.raw"
    severity = "medium"
    confidence = "low"
    attack = "T1040"
    hosts = "nginx php node httpd"
    description = "imports socket and seems to call it for a raw or packet socket"
    why = "A raw socket reads or forges packets below TCP and UDP, which serves port knocking, covert ping channels and spoofing."
    benign = "Health checks and packages for ping and traceroute do it; the same constants can also stand before some other call, so this is a weak sign."
    advice = "Confirm the call in a disassembly; drop CAP_NET_RAW from the service so that it fails in any case."
  strings:
    // Domain, type and protocol in any order. Of domains, those of IP, of packets (Linux) and of
    // drivers (macOS): 17 is that of packets or that of routes.
    $linux_x86_dtp = { (BF (02 | 0A | 11) 00 00 00 | 6A (02 | 0A | 11) 5F) [0-8] (BE 03 (00 | 08) (00 | 08) 00 | 6A 03 5E) [0-8] (BA ?? ?? 00 00 | 6A ?? 5A) [0-8] (E8 | FF 15) }
    $linux_x86_dpt = { (BF (02 | 0A | 11) 00 00 00 | 6A (02 | 0A | 11) 5F) [0-8] (BA ?? ?? 00 00 | 6A ?? 5A) [0-8] (BE 03 (00 | 08) (00 | 08) 00 | 6A 03 5E) [0-8] (E8 | FF 15) }
    $linux_x86_tdp = { (BE 03 (00 | 08) (00 | 08) 00 | 6A 03 5E) [0-8] (BF (02 | 0A | 11) 00 00 00 | 6A (02 | 0A | 11) 5F) [0-8] (BA ?? ?? 00 00 | 6A ?? 5A) [0-8] (E8 | FF 15) }
    $linux_x86_tpd = { (BE 03 (00 | 08) (00 | 08) 00 | 6A 03 5E) [0-8] (BA ?? ?? 00 00 | 6A ?? 5A) [0-8] (BF (02 | 0A | 11) 00 00 00 | 6A (02 | 0A | 11) 5F) [0-8] (E8 | FF 15) }
    $linux_x86_pdt = { (BA ?? ?? 00 00 | 6A ?? 5A) [0-8] (BF (02 | 0A | 11) 00 00 00 | 6A (02 | 0A | 11) 5F) [0-8] (BE 03 (00 | 08) (00 | 08) 00 | 6A 03 5E) [0-8] (E8 | FF 15) }
    $linux_x86_ptd = { (BA ?? ?? 00 00 | 6A ?? 5A) [0-8] (BE 03 (00 | 08) (00 | 08) 00 | 6A 03 5E) [0-8] (BF (02 | 0A | 11) 00 00 00 | 6A (02 | 0A | 11) 5F) [0-8] (E8 | FF 15) }
    $linux_arm_dtp = { (40 00 | 40 01 | 20 02) 80 52 [0-8] 61 00 80 52 [0-8] (02 | 22 | 42 | 62 | 82 | A2 | C2 | E2) ?? 8? 52 [0-8] ?? ?? ?? (94 | 95 | 96 | 97) }
    $linux_arm_dpt = { (40 00 | 40 01 | 20 02) 80 52 [0-8] (02 | 22 | 42 | 62 | 82 | A2 | C2 | E2) ?? 8? 52 [0-8] 61 00 80 52 [0-8] ?? ?? ?? (94 | 95 | 96 | 97) }
    $linux_arm_tdp = { 61 00 80 52 [0-8] (40 00 | 40 01 | 20 02) 80 52 [0-8] (02 | 22 | 42 | 62 | 82 | A2 | C2 | E2) ?? 8? 52 [0-8] ?? ?? ?? (94 | 95 | 96 | 97) }
    $linux_arm_tpd = { 61 00 80 52 [0-8] (02 | 22 | 42 | 62 | 82 | A2 | C2 | E2) ?? 8? 52 [0-8] (40 00 | 40 01 | 20 02) 80 52 [0-8] ?? ?? ?? (94 | 95 | 96 | 97) }
    $linux_arm_pdt = { (02 | 22 | 42 | 62 | 82 | A2 | C2 | E2) ?? 8? 52 [0-8] (40 00 | 40 01 | 20 02) 80 52 [0-8] 61 00 80 52 [0-8] ?? ?? ?? (94 | 95 | 96 | 97) }
    $linux_arm_ptd = { (02 | 22 | 42 | 62 | 82 | A2 | C2 | E2) ?? 8? 52 [0-8] 61 00 80 52 [0-8] (40 00 | 40 01 | 20 02) 80 52 [0-8] ?? ?? ?? (94 | 95 | 96 | 97) }
    $macos_x86_dtp = { (BF (02 | 1B | 1E) 00 00 00 | 6A (02 | 1B | 1E) 5F) [0-8] (BE 03 00 00 00 | 6A 03 5E) [0-8] (BA ?? ?? 00 00 | 6A ?? 5A) [0-8] (E8 | FF 15) }
    $macos_x86_dpt = { (BF (02 | 1B | 1E) 00 00 00 | 6A (02 | 1B | 1E) 5F) [0-8] (BA ?? ?? 00 00 | 6A ?? 5A) [0-8] (BE 03 00 00 00 | 6A 03 5E) [0-8] (E8 | FF 15) }
    $macos_x86_tdp = { (BE 03 00 00 00 | 6A 03 5E) [0-8] (BF (02 | 1B | 1E) 00 00 00 | 6A (02 | 1B | 1E) 5F) [0-8] (BA ?? ?? 00 00 | 6A ?? 5A) [0-8] (E8 | FF 15) }
    $macos_x86_tpd = { (BE 03 00 00 00 | 6A 03 5E) [0-8] (BA ?? ?? 00 00 | 6A ?? 5A) [0-8] (BF (02 | 1B | 1E) 00 00 00 | 6A (02 | 1B | 1E) 5F) [0-8] (E8 | FF 15) }
    $macos_x86_pdt = { (BA ?? ?? 00 00 | 6A ?? 5A) [0-8] (BF (02 | 1B | 1E) 00 00 00 | 6A (02 | 1B | 1E) 5F) [0-8] (BE 03 00 00 00 | 6A 03 5E) [0-8] (E8 | FF 15) }
    $macos_x86_ptd = { (BA ?? ?? 00 00 | 6A ?? 5A) [0-8] (BE 03 00 00 00 | 6A 03 5E) [0-8] (BF (02 | 1B | 1E) 00 00 00 | 6A (02 | 1B | 1E) 5F) [0-8] (E8 | FF 15) }
    $macos_arm_dtp = { (40 00 | 60 03 | C0 03) 80 52 [0-8] 61 00 80 52 [0-8] (02 | 22 | 42 | 62 | 82 | A2 | C2 | E2) ?? 8? 52 [0-8] ?? ?? ?? (94 | 95 | 96 | 97) }
    $macos_arm_dpt = { (40 00 | 60 03 | C0 03) 80 52 [0-8] (02 | 22 | 42 | 62 | 82 | A2 | C2 | E2) ?? 8? 52 [0-8] 61 00 80 52 [0-8] ?? ?? ?? (94 | 95 | 96 | 97) }
    $macos_arm_tdp = { 61 00 80 52 [0-8] (40 00 | 60 03 | C0 03) 80 52 [0-8] (02 | 22 | 42 | 62 | 82 | A2 | C2 | E2) ?? 8? 52 [0-8] ?? ?? ?? (94 | 95 | 96 | 97) }
    $macos_arm_tpd = { 61 00 80 52 [0-8] (02 | 22 | 42 | 62 | 82 | A2 | C2 | E2) ?? 8? 52 [0-8] (40 00 | 60 03 | C0 03) 80 52 [0-8] ?? ?? ?? (94 | 95 | 96 | 97) }
    $macos_arm_pdt = { (02 | 22 | 42 | 62 | 82 | A2 | C2 | E2) ?? 8? 52 [0-8] (40 00 | 60 03 | C0 03) 80 52 [0-8] 61 00 80 52 [0-8] ?? ?? ?? (94 | 95 | 96 | 97) }
    $macos_arm_ptd = { (02 | 22 | 42 | 62 | 82 | A2 | C2 | E2) ?? 8? 52 [0-8] 61 00 80 52 [0-8] (40 00 | 60 03 | C0 03) 80 52 [0-8] ?? ?? ?? (94 | 95 | 96 | 97) }
  condition:
    imports matches / (socket|__socket) / and
    (kind == "elf" and any of ($linux*) or kind == "macho" and any of ($macos*))
}

// What plugvet finds when it follows the code.
rule native_socket_raw_followed
{
  meta:
    capability = "socket.raw"
    severity = "medium"
    confidence = "high"
    attack = "T1040"
    hosts = "nginx php node httpd"
    description = "opens a raw or packet socket"
    why = "The call's own arguments say so: packets below TCP and UDP are read or written, whoever sent them and whatever port they are for."
    benign = "Health checks and packages for ping and traceroute do it, and need elevated rights for it."
    advice = "Ask what the packets are for; drop CAP_NET_RAW from the service so that the call fails in any case."
  condition:
    (kind == "macho" or kind == "elf") and not server and embedded contains " socket-raw@"
}

// Raw by its type, though no packet of the visitors' passes there.
rule native_socket_raw_kernel
{
  meta:
    capability = "socket.raw"
    severity = "low"
    confidence = "high"
    attack = "T1016"
    hosts = "nginx php node httpd"
    description = "opens a raw socket to the kernel's own tables or events, or to a network of another kind than IP"
    why = "Through it the routes, keys and devices of the machine are read and, with the rights for it, changed; of Bluetooth and CAN it has the frames of others."
    benign = "Libraries that watch for devices or for a change of routes do it, as those for USB, Bluetooth and lists of interfaces do."
    advice = "Check that the module is documented to need it; one that serves requests does not."
  condition:
    (kind == "macho" or kind == "elf") and not server and embedded contains " socket-kernel@"
}

rule native_socket_raw_lookup
{
  meta:
    capability = "socket.raw"
    severity = "high"
    confidence = "high"
    attack = "T1040"
    hosts = "nginx php node httpd"
    description = "looks up functions of libpcap or of a library like it at run time, which capture or forge network traffic"
    why = "Capturing packets is rare enough in a server's plugin, and a look-up by name keeps it out of the symbol table besides."
    benign = "Network tools open libpcap only where it is installed; what serves requests has no use for it."
    advice = "Take the module out of service, find out in a disassembly what becomes of the packets, and see whether the service user may capture."
  condition:
    (kind == "macho" or kind == "elf") and not server and embedded contains " function-raw@"
}

rule javascript_socket_raw_package
{
  meta:
    capability = "socket.raw"
    severity = "medium"
    confidence = "high"
    attack = "T1040"
    hosts = "node"
    description = "uses a package for raw sockets or packet capture"
    why = "The package gives JavaScript raw packets, which a web application has no use for and which need elevated rights."
    benign = "Monitoring tools that ping, trace or discover devices depend on it."
    advice = "Move the monitoring to a process of its own, and run the web server without the rights to capture."
  condition:
    kind == "javascript" and
    (modules contains " raw-socket " or
     modules contains " pcap " or
     modules contains " pcap2 " or
     modules contains " node_pcap " or
     modules contains " cap " or
     modules contains " npcap " or
     modules contains " raw-packet " or
     modules contains " libpcap " or
     modules contains " @audc/pcap ")
}

rule php_socket_raw
{
  meta:
    capability = "socket.raw"
    severity = "high"
    confidence = "high"
    attack = "T1095"
    hosts = "php"
    description = "creates a raw socket"
    why = "PHP code that forges or reads packets needs root, so either the server runs with too many rights or the code hopes that it does."
    benign = "Ping classes and network monitors written in PHP create raw ICMP sockets from the command line."
    advice = "See that it is never reached from the web, and let the monitor call the system's ping instead."
  strings:
    $call = /\bsocket_create\s{0,8}\([^;)]{1,80}\bSOCK_RAW\b/ nocase
  condition:
    kind == "php" and view == "decoded" and calls contains " socket_create " and $call
}
