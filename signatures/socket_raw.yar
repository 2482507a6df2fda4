/*
   Raw sockets: can the plugin read or forge the traffic of the whole machine?

   AF_PACKET and SOCK_RAW are constants, so native code shows them only in the
   instructions that load a call's arguments. That is a weak sign and the rule
   says so: it asks for all three arguments of socket() side by side.
*/

private rule socket_raw_pcap
{
  condition:
    imports contains " pcap_"
}

rule native_socket_raw_pcap
{
  meta:
    capability = "socket.raw"
    severity = "high"
    confidence = "high"
    attack = "T1040"
    hosts = "nginx php httpd"
    description = "imports libpcap, which captures network traffic"
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
    description = "imports libpcap, which captures network traffic"
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
    description = "names the packet filter device, which captures network traffic"
  strings:
    $device = "/dev/bpf"
  condition:
    host == "node" and (kind == "macho" or kind == "elf") and $device
}

// socket(AF_INET or AF_INET6, SOCK_RAW, ICMP, TCP, UDP, ICMPv6 or RAW), and
// socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)), in the two orders that gcc and
// clang emit them, followed by the call.
rule native_socket_raw_call
{
  meta:
    capability = "socket.raw"
    severity = "high"
    confidence = "low"
    attack = "T1040"
    hosts = "nginx php httpd"
    description = "imports socket and seems to call it for a raw or packet socket"
  strings:
    $x86_inet_down = { BA (01 | 06 | 11 | 3A | FF) 00 00 00 BE 03 00 00 00 BF (02 | 0A | 1E) 00 00 00 [0-4] E8 }
    $x86_inet_up = { BF (02 | 0A | 1E) 00 00 00 BE 03 00 00 00 BA (01 | 06 | 11 | 3A | FF) 00 00 00 [0-4] E8 }
    $x86_packet_down = { BA 00 03 00 00 BE 03 00 00 00 BF 11 00 00 00 [0-4] E8 }
    $x86_packet_up = { BF 11 00 00 00 BE 03 00 00 00 BA 00 03 00 00 [0-4] E8 }
    $arm_inet_down = { (22 00 | C2 00 | 22 02 | 42 07 | E2 1F) 80 52 61 00 80 52 (40 00 | 40 01 | C0 03) 80 52 ?? ?? ?? (94 | 95 | 96 | 97) }
    $arm_inet_up = { (40 00 | 40 01 | C0 03) 80 52 61 00 80 52 (22 00 | C2 00 | 22 02 | 42 07 | E2 1F) 80 52 ?? ?? ?? (94 | 95 | 96 | 97) }
    $arm_packet_down = { 02 60 80 52 61 00 80 52 20 02 80 52 ?? ?? ?? (94 | 95 | 96 | 97) }
    $arm_packet_up = { 20 02 80 52 61 00 80 52 02 60 80 52 ?? ?? ?? (94 | 95 | 96 | 97) }
  condition:
    host != "node" and imports contains " socket " and (kind == "macho" or kind == "elf") and any of them
}

rule native_socket_raw_call_node
{
  meta:
    capability = "socket.raw"
    severity = "medium"
    confidence = "low"
    attack = "T1040"
    hosts = "node"
    description = "imports socket and seems to call it for a raw or packet socket"
  strings:
    $x86_inet_down = { BA (01 | 06 | 11 | 3A | FF) 00 00 00 BE 03 00 00 00 BF (02 | 0A | 1E) 00 00 00 [0-4] E8 }
    $x86_inet_up = { BF (02 | 0A | 1E) 00 00 00 BE 03 00 00 00 BA (01 | 06 | 11 | 3A | FF) 00 00 00 [0-4] E8 }
    $x86_packet_down = { BA 00 03 00 00 BE 03 00 00 00 BF 11 00 00 00 [0-4] E8 }
    $x86_packet_up = { BF 11 00 00 00 BE 03 00 00 00 BA 00 03 00 00 [0-4] E8 }
    $arm_inet_down = { (22 00 | C2 00 | 22 02 | 42 07 | E2 1F) 80 52 61 00 80 52 (40 00 | 40 01 | C0 03) 80 52 ?? ?? ?? (94 | 95 | 96 | 97) }
    $arm_inet_up = { (40 00 | 40 01 | C0 03) 80 52 61 00 80 52 (22 00 | C2 00 | 22 02 | 42 07 | E2 1F) 80 52 ?? ?? ?? (94 | 95 | 96 | 97) }
    $arm_packet_down = { 02 60 80 52 61 00 80 52 20 02 80 52 ?? ?? ?? (94 | 95 | 96 | 97) }
    $arm_packet_up = { 20 02 80 52 61 00 80 52 02 60 80 52 ?? ?? ?? (94 | 95 | 96 | 97) }
  condition:
    host == "node" and imports contains " socket " and (kind == "macho" or kind == "elf") and any of them
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
    attack = "T1040"
    hosts = "php"
    description = "creates a raw socket"
  strings:
    $call = /\bsocket_create\s{0,8}\([^;)]{1,80}\bSOCK_RAW\b/ nocase
  condition:
    kind == "php" and view == "decoded" and calls contains " socket_create " and $call
}
