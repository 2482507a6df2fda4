package machine

import (
	"encoding/hex"
	"math/bits"
	"net/netip"
	"strconv"
	"strings"
)

// Addresses that functions read out of texts: of networks, of their cards, and numbers of 16
// bytes that name a thing. What they give are bytes as any others, so letters as well.

// Offsets of an address in a structure of netinet/in.h, and in that of netdb.h for a host.
const (
	address4, address6 = 4, 8
	hostKind, hostList = 16, 24
)

// addressed does what a function for addresses would, if it is one that is known.
func (m *machine) addressed(name string, a [6]uint64) (result uint64, known bool) {
	parsed := func(to uint64, text string, size int, good, bad uint64) (uint64, bool) {
		address, ok := networkAddress(text, size)
		if !ok {
			return bad, true
		}
		m.put(to, address)
		return good, true
	}
	switch name {
	case "inet_pton", "evutil_inet_pton", "ares_inet_pton":
		return parsed(a[2], m.text(a[1]), m.addressSize(a[0]), 1, 0)
	case "uv_inet_pton":
		return parsed(a[2], m.text(a[1]), m.addressSize(a[0]), 0, ^uint64(0))
	case "uv_ip4_addr":
		return parsed(a[2]+address4, m.text(a[0]), 4, 0, ^uint64(0))
	case "uv_ip6_addr":
		return parsed(a[2]+address6, m.text(a[0]), 16, 0, ^uint64(0))
	case "ngx_inet6_addr":
		return parsed(a[2], string(m.load(a[0], min(a[1], maxText))), 16, 0, ^uint64(0))
	case "ngx_inet_addr":
		a[0] = m.newText(string(m.load(a[0], min(a[1], maxText))))
		fallthrough
	case "inet_aton", "inet_addr", "apr_inet_addr":
		n, ok := dotted(m.text(a[0]), true)
		n = bits.ReverseBytes32(n)
		switch {
		case name == "inet_aton" && ok:
			m.write(a[1], uint64(n), 4)
			return 1, true
		case name == "inet_aton":
			return 0, true
		case !ok:
			return 1<<32 - 1, true
		}
		return uint64(n), true
	case "inet_network": // in the order of the machine
		n, ok := dotted(m.text(a[0]), false)
		if !ok {
			return 1<<32 - 1, true
		}
		return uint64(n), true
	case "htonl", "ntohl":
		return uint64(bits.ReverseBytes32(uint32(a[0]))), true
	case "htons", "ntohs":
		return uint64(bits.ReverseBytes16(uint16(a[0]))), true
	case "ether_aton", "ether_aton_r":
		card, ok := cardAddress(m.text(a[0]))
		if !ok {
			return 0, true
		}
		if name == "ether_aton" {
			a[1] = m.result("")
		}
		m.put(a[1], card)
		return a[1], true
	case "uuid_parse":
		id, ok := identifier(m.text(a[0]))
		if !ok {
			return ^uint64(0), true
		}
		m.put(a[1], id)
		return 0, true
	case "gethostbyname", "gethostbyname2": // of a host that is an address
		family := uint64(2)
		if name == "gethostbyname2" {
			family = a[1]
		}
		address, ok := networkAddress(m.text(a[0]), m.addressSize(family))
		if !ok {
			return 0, false
		}
		host := m.result("")
		m.write(host, a[0], 8)
		m.write(host+hostKind, family|uint64(len(address))<<32, 8)
		m.write(host+hostList, host+1<<8, 8)
		m.write(host+1<<8, host+2<<8, 8)
		m.put(host+2<<8, address)
		return host, true
	}
	return 0, false
}

// addressSize is how many bytes an address of a family has, or 0 where none is known.
func (m *machine) addressSize(family uint64) int {
	switch uint32(family) {
	case 2:
		return 4
	case 10, 30: // of Linux and of macOS
		return 16
	}
	return 0
}

// networkAddress reads an address that has so many bytes.
func networkAddress(text string, size int) ([]byte, bool) {
	address, err := netip.ParseAddr(text)
	return address.AsSlice(), err == nil && address.Zone() == "" && address.BitLen() == 8*size
}

// dotted reads an address of four bytes, of which there may be fewer parts: the last one
// then fills up what is left, if it fills, and else each is a byte.
func dotted(text string, fills bool) (n uint32, ok bool) {
	parts := strings.Split(strings.TrimRight(text, " \n\t"), ".")
	if len(parts) > 4 {
		return 0, false
	}
	for i, part := range parts {
		width := 8
		if fills && i == len(parts)-1 {
			width = 8 * (4 - i)
		}
		value, err := strconv.ParseUint(part, 0, width) // in any base that C knows
		if err != nil {
			return 0, false
		}
		n = uint32(uint64(n)<<width | value)
	}
	return n, true
}

// cardAddress reads six bytes between colons.
func cardAddress(text string) (card []byte, ok bool) {
	for part := range strings.SplitSeq(text, ":") {
		b, err := strconv.ParseUint(part, 16, 8)
		if err != nil || len(card) == 6 {
			return nil, false
		}
		card = append(card, byte(b))
	}
	return card, len(card) == 6
}

// identifier reads a number of 16 bytes as RFC 9562 writes it.
func identifier(text string) ([]byte, bool) {
	id, err := hex.DecodeString(strings.ReplaceAll(text, "-", ""))
	return id, err == nil && len(id) == 16
}

// addresses gives one address of the kind that is asked for, and that which a host's name is.
func (m *machine) addresses(name, hints, to uint64) {
	result := m.result("")
	address := result + 1<<12
	for off := uint64(4); off < 16 && hints != 0; off += 4 { // the family, type and protocol
		m.write(result+off, m.peek(hints+off, 4), 4)
	}
	m.write(result+24, address, 8) // of Linux and of macOS
	m.write(result+32, address, 8)
	m.write(to, result, 8)
	for size, at := range map[int]uint64{4: address4, 16: address6} {
		if bytes, ok := networkAddress(m.text(name), size); ok {
			m.put(address+at, bytes)
		}
	}
}
