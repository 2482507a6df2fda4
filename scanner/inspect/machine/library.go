package machine

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
)

// What decoders ask of the C library: to copy, to join, to compare and to give memory.
// All else returns nothing, or something of its own.

const (
	maxCopy = 1 << 16
	farCopy = 1 << 10 // of what nothing is known of
)

// library does what an import would, as far as it matters here, and returns its result.
func (m *machine) library(name string, a [6]uint64) uint64 {
	name = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(name, "__"), "builtin_"), "_chk")
	switch name {
	case "memcpy", "memmove", "mempcpy", "bcopy":
		if name == "bcopy" {
			a[0], a[1] = a[1], a[0]
		}
		n := m.amount(a[1], a[2])
		copied := make([]byte, n)
		for i := range copied {
			copied[i] = byte(m.peek(a[1]+uint64(i), 1))
		}
		m.put(a[0], copied)
		if name == "mempcpy" {
			return a[0] + n
		}
		return a[0]
	case "memset":
		for i := range m.amount(a[0], a[2]) {
			m.writeByte(a[0]+i, byte(a[1]))
		}
		return a[0]
	case "strlen":
		return uint64(len(m.bytes(a[0])))
	case "strcpy", "stpcpy":
		b := m.bytes(a[1])
		m.put(a[0], append(b, 0))
		if name == "stpcpy" {
			return a[0] + uint64(len(b))
		}
		return a[0]
	case "strncpy", "strlcpy":
		b := m.bytes(a[1])
		m.put(a[0], append(b[:min(uint64(len(b)), a[2])], 0))
		return a[0]
	case "strcat", "strncat", "strlcat":
		b := m.bytes(a[1])
		if name != "strcat" {
			b = b[:min(uint64(len(b)), a[2])]
		}
		m.put(a[0]+uint64(len(m.bytes(a[0]))), append(b, 0))
		return a[0]
	case "strcmp", "strncmp", "strcasecmp":
		x, y := m.bytes(a[0]), m.bytes(a[1])
		if name == "strncmp" {
			x, y = x[:min(uint64(len(x)), a[2])], y[:min(uint64(len(y)), a[2])]
		}
		return uint64(int64(strings.Compare(string(x), string(y))))
	case "memcmp", "bcmp":
		for i := range m.amount(a[0], a[2]) {
			if x, y := m.peek(a[0]+i, 1), m.peek(a[1]+i, 1); x != y {
				return x - y
			}
		}
		return 0
	case "strchr", "strrchr", "index", "strchrnul":
		b := m.bytes(a[0])
		at := strings.IndexByte(string(b), byte(a[1]))
		if name == "strrchr" {
			at = strings.LastIndexByte(string(b), byte(a[1]))
		}
		if at < 0 {
			return 0
		}
		return a[0] + uint64(at)
	case "strdup", "strndup":
		to := m.result("")
		m.put(to, append(m.bytes(a[0]), 0))
		return to
	case "uncompress":
		packed := make([]byte, min(a[3], maxCopy))
		for i := range packed {
			packed[i] = byte(m.peek(a[2]+uint64(i), 1))
		}
		if z, err := zlib.NewReader(bytes.NewReader(packed)); err == nil {
			out, _ := io.ReadAll(io.LimitReader(z, maxCopy))
			m.put(a[0], out)
			m.write(a[1], uint64(len(out)), 8)
		}
		return 0
	case "tolower":
		return uint64(strings.ToLower(string(rune(a[0] & 0x7f)))[0])
	case "toupper":
		return uint64(strings.ToUpper(string(rune(a[0] & 0x7f)))[0])
	case "sprintf":
		return m.format(a[0], maxText, a[1], a[2:])
	case "snprintf", "ap_php_snprintf", "apr_snprintf":
		if m.text(a[2]) == "" && m.text(a[4]) != "" { // with the flags and size of a check
			return m.format(a[0], a[1], a[4], a[5:])
		}
		return m.format(a[0], a[1], a[2], a[3:])
	}
	switch name {
	case "mprotect", "pkey_mprotect":
		m.protect(a[0], a[1], a[2])
		return 0
	case "mach_vm_protect", "vm_protect":
		m.protect(a[1], a[2], a[4])
		return 0
	case "mmap", "mmap64":
		at := m.result(name)
		m.protect(at, a[1], a[2])
		return at
	}
	if m.generous || strings.Contains(name, "alloc") {
		return m.result(name)
	}
	return 0
}

// amount is how many of n bytes at an address are looked at, which takes time too.
func (m *machine) amount(at, n uint64) uint64 {
	limit := uint64(maxCopy)
	if m.page(at>>pageBits) == nil {
		limit = farCopy
	}
	n = min(n, limit)
	m.steps -= int(n / 16)
	return n
}

func (m *machine) put(at uint64, data []byte) {
	for i, b := range data {
		m.writeByte(at+uint64(i), b)
	}
}

// format writes what a format makes of arguments, of which those in registers are known.
func (m *machine) format(to, size, format uint64, a []uint64) uint64 {
	var out strings.Builder
	text := m.text(format)
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			out.WriteByte(text[i])
			continue
		}
		for i++; i < len(text) && strings.IndexByte("0123456789.-+ #lhzjt", text[i]) >= 0; i++ {
		}
		if i == len(text) {
			break
		}
		if text[i] == '%' {
			out.WriteByte('%')
			continue
		}
		var argument uint64
		if len(a) > 0 {
			argument, a = a[0], a[1:]
		}
		switch text[i] {
		case 's':
			out.WriteString(m.text(argument))
		case 'c':
			out.WriteByte(byte(argument))
		case 'x':
			fmt.Fprintf(&out, "%x", argument)
		default:
			fmt.Fprint(&out, int64(argument))
		}
	}
	made := out.String()
	m.put(to, append([]byte(made[:min(uint64(len(made)), size, maxText)]), 0))
	return uint64(len(made))
}
