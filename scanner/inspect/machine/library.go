package machine

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// What decoders ask of the C library: to copy, to join, to compare and to give memory.
// All else returns nothing, or something of its own.

const (
	maxCopy = 1 << 16
	farCopy = 1 << 10 // of what nothing is known of
)

// An imported is what is known of an import by its name.
type imported struct {
	name     string
	plain    string // without what compilers add where sizes are checked
	function bool   // it is known to be one
	succeeds bool   // it returns 0 for success
	gives    bool   // it returns memory
	ends     bool   // it does not return
	back     *callback
}

func importOf(name string) imported {
	plain := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(name, "__"), "builtin_"), "_chk")
	called := imported{name: name, plain: plain, succeeds: succeeds(plain), gives: plain == "_Znwm" || strings.Contains(plain, "alloc"),
		ends: ends(name)}
	if c, ok := callbacks[plain]; ok {
		called.back = &c
	}
	return called
}

// library does what an import would, as far as it matters here, and returns its result.
func (m *machine) library(called *imported, a [6]uint64, p processor) uint64 {
	if result, ok := m.cplusplus(called.name, a); ok {
		return result
	}
	if result, ok := m.foundation(called.name, a, p); ok {
		return result
	}
	name := called.plain
	if result, ok := m.texts(name, a, p); ok {
		return result
	}
	if result, ok := m.unpacks(name, a); ok {
		return result
	}
	if result, ok := m.streamed(name, a, p); ok {
		return result
	}
	if result, ok := m.matched(name, a, p); ok {
		return result
	}
	if result, ok := m.addressed(name, a); ok {
		return result
	}
	if result, ok := m.dated(name, a); ok {
		return result
	}
	if result, ok := m.generated(name, a); ok {
		return result
	}
	if result, ok := m.transformed(name, a); ok {
		return result
	}
	if result, ok := m.says(name, a); ok {
		return result
	}
	if result, ok := m.variable(name, a); ok {
		return result
	}
	if called.back != nil {
		m.callsBack(*called.back, a)
	}
	m.namesPlaces(called, a, p)
	if result, ok := m.symbolic(name, a, p); ok {
		return result
	}
	switch name {
	case "memcpy", "memmove", "mempcpy", "bcopy":
		if name == "bcopy" {
			a[0], a[1] = a[1], a[0]
		}
		n := m.amount(a[1], a[2])
		m.put(a[0], m.load(a[1], n))
		if name == "mempcpy" {
			return a[0] + n
		}
		return a[0]
	case "memset":
		m.put(a[0], bytes.Repeat([]byte{byte(a[1])}, int(m.amount(a[0], a[2]))))
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
	case "strncpy", "stpncpy": // which fill the rest with zeros, and else leave what is behind
		b := m.bytes(a[1])
		n := m.amount(a[0], a[2])
		filled := make([]byte, n)
		used := copy(filled, b)
		m.put(a[0], filled)
		if name == "stpncpy" {
			return a[0] + uint64(used)
		}
		return a[0]
	case "strlcpy", "g_strlcpy":
		b := m.bytes(a[1])
		m.putWithin(a[0], b, a[2])
		return uint64(len(b))
	case "strcat", "strncat":
		b := m.bytes(a[1])
		if name == "strncat" {
			b = b[:min(uint64(len(b)), a[2])]
		}
		m.put(a[0]+uint64(len(m.bytes(a[0]))), append(b, 0))
		return a[0]
	case "strlcat", "g_strlcat":
		b, has := m.bytes(a[1]), uint64(len(m.bytes(a[0])))
		m.putWithin(a[0]+has, b, a[2]-min(a[2], has))
		return has + uint64(len(b))
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
	case "tolower":
		return uint64(strings.ToLower(string(rune(a[0] & 0x7f)))[0])
	case "toupper":
		return uint64(strings.ToUpper(string(rune(a[0] & 0x7f)))[0])
	case "sprintf":
		return m.format(a[0], maxText, a[1], 2, p)
	case "ngx_sprintf", "ngx_snprintf": // put no zero behind the text and return where it ends
		size, format, n := uint64(maxText), a[1], 2
		if name == "ngx_snprintf" {
			size, format, n = a[1], a[2], 3
		}
		made := m.formatted(format, n, p)
		made = made[:min(uint64(len(made)), size)]
		m.put(a[0], []byte(made))
		return a[0] + uint64(len(made))
	case "sqlite3_snprintf": // has the size before the place
		m.format(a[1], a[0], a[2], 3, p)
		return a[1]
	case "snprintf", "ap_php_snprintf", "ap_php_slprintf", "apr_snprintf", "g_snprintf", "evutil_snprintf", "BIO_snprintf", "PyOS_snprintf", "curl_msnprintf":
		if m.text(a[2]) == "" && m.text(a[4]) != "" { // with the flags and size of a check
			return m.format(a[0], a[1], a[4], 5, p)
		}
		return m.format(a[0], a[1], a[2], 3, p)
	case "sscanf", "isoc99_sscanf":
		return m.scan(a[0], a[1], p)
	case "strtol", "strtoul", "strtoll", "strtoull", "atoi", "atol":
		base := int(a[2])
		if name[0] == 'a' {
			base, a[1] = 10, 0
		}
		n, used := number(m.text(a[0]), base)
		if a[1] != 0 {
			m.write(a[1], a[0]+uint64(used), 8)
		}
		return n
	case "dlsym", "dlvsym", "dlfunc", "_dl_sym", "libc_dlsym", "uv_dlsym", "apr_dso_sym":
		return m.lookUp(name, a)
	case "dlinfo":
		m.write(a[2], m.result("link_map"), 8)
		return 0
	case "getauxval":
		if a[0] == auxPrograms || a[0] == auxLinker {
			return m.result("link_map")
		}
	case "dl_iterate_phdr":
		m.libraries(a[0], a[1])
		return 0
	case "getaddrinfo":
		m.addresses(a[0], a[2], a[3])
		return 0
	case "memfrob":
		for i := range m.amount(a[0], a[1]) {
			m.writeByte(a[0]+i, byte(m.peek(a[0]+i, 1))^42)
		}
		return a[0]
	case "swab":
		for i := uint64(0); i+1 < m.amount(a[0], a[2]); i += 2 {
			m.write(a[1]+i, m.peek(a[0]+i, 1)<<8|m.peek(a[0]+i+1, 1), 2)
		}
		return 0
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
	if m.generous && called.succeeds {
		return 0
	}
	if m.generous || called.gives {
		return m.result(name)
	}
	return 0
}

// lookUp gives the function of a name, as if it were imported.
func (m *machine) lookUp(how string, a [6]uint64) uint64 {
	name, to := m.text(a[1]), uint64(0)
	if how == "apr_dso_sym" {
		name = m.text(a[2])
	}
	if !m.generous {
		return 0
	}
	if _, known := m.byName[name]; name != "" && len(name) < 64 && (known || len(m.byName) < len(m.image.Pointers)+maxLookUps) {
		to = m.importAt(name, false)
	} else {
		to = m.result("")
	}
	switch how {
	case "uv_dlsym":
		m.write(a[2], to, 8)
		return 0
	case "apr_dso_sym":
		m.write(a[0], to, 8)
		return 0
	}
	return to
}

// What the kernel tells a program: the place of its own headers, and the linker's.
const auxPrograms, auxLinker = 3, 7

// Of a library: elf.h and link.h.
const (
	loaded, dynamic        = 1, 2 // segments
	headerSize, headerType = 56, 0
	headerAddr             = 16
	infoPrograms           = 24
)

// LibraryTable names what the linker knows the functions of a library by.
const LibraryTable = "library-table"

// libraries has a function called back for one library, whose tables lie where a read of
// them shows.
func (m *machine) libraries(function, data uint64) {
	if !m.isCode(function) {
		return
	}
	at := m.result("")
	base, name, headers, entries := at+1<<12, at+2<<12, at+3<<12, at+4<<12
	m.table = m.result(LibraryTable)
	m.put(name, []byte("/lib/libc.so.6\x00"))
	m.write(at, base, 8)
	m.write(at+8, name, 8)
	m.write(at+16, headers, 8)
	m.write(at+infoPrograms, 2, 8)
	for i, kind := range []uint64{loaded, dynamic} {
		header := headers + uint64(i)*headerSize
		m.write(header+headerType, kind, 4)
		m.write(header+headerAddr, uint64(i)*(entries-base), 8)
	}
	// The tables of hashes, names and symbols, and the size of that of names.
	for i, tag := range []uint64{4, 5, 6, 10, 0x6ffffef5} {
		m.write(entries+16*uint64(i), tag, 8)
		m.write(entries+16*uint64(i)+8, m.table, 8)
	}
	m.write(entries+16*3+8, 64, 8)
	m.callWith(function, [6]uint64{at, 64, data})
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

// putWithin writes a text and a zero byte, as far as there is room for both.
func (m *machine) putWithin(to uint64, text []byte, size uint64) {
	if size > 0 {
		m.put(to, append(text[:min(uint64(len(text)), size-1)], 0))
	}
}

// format writes what a format makes of a call's arguments, from argument n on.
func (m *machine) format(to, size, format uint64, n int, p processor) uint64 {
	made := m.formatted(format, n, p)
	m.putWithin(to, []byte(made), size)
	return uint64(len(made))
}

// formatted is what a format makes of a call's arguments, from argument n on.
func (m *machine) formatted(format uint64, n int, p processor) string {
	var out strings.Builder
	text, next := m.text(format), n
	for i := 0; i < len(text) && out.Len() < maxText; i++ {
		if text[i] != '%' {
			out.WriteByte(text[i])
			continue
		}
		start := i + 1
		for i++; i < len(text) && strings.IndexByte("0123456789.-+ #*lhzjtqL", text[i]) >= 0; i++ {
		}
		if i == len(text) {
			break
		}
		if text[i] == '%' {
			out.WriteByte('%')
			continue
		}
		how := strings.Map(withoutSizes, text[start:i])
		for strings.Contains(how, "*") {
			how = strings.Replace(how, "*", strconv.Itoa(int(int32(p.argument(next, n)))), 1)
			next++
		}
		if len(how) > maxDirective || strings.Count(how, ".") > 1 || wider(how) {
			how = ""
		}
		argument := p.argument(next, n)
		next++
		switch text[i] {
		case 's', '@':
			part := m.text(argument)
			if text[i] == '@' {
				part = m.unicode(argument)
			}
			fmt.Fprintf(&out, "%"+how+"s", part)
		case 'c', 'C':
			out.WriteByte(byte(argument))
		case 'x', 'X', 'o':
			fmt.Fprintf(&out, "%"+how+text[i:i+1], argument)
		default:
			fmt.Fprintf(&out, "%"+how+"d", int64(argument))
		}
	}
	made := out.String()
	return made[:min(len(made), maxText)]
}

const maxDirective = 8 // characters between a percent sign and its letter

// withoutSizes drops from a directive the sizes of numbers.
func withoutSizes(r rune) rune {
	if strings.ContainsRune("lhzjtqL", r) {
		return -1
	}
	return r
}

// wider reports whether a directive asks for more than a text has here.
func wider(how string) bool {
	for _, n := range strings.FieldsFunc(how, func(r rune) bool { return r < '0' || r > '9' }) {
		if len(n) > 3 {
			return true
		}
	}
	return false
}

// succeeds tells whether a function returns 0 for success.
func succeeds(name string) bool {
	for _, start := range []string{"napi_", "pthread_", "uv_", "apr_", "sig", "stat", "fstat", "setenv", "mkdir", "fork", "vfork", "close", "raise", "gethost"} {
		if strings.HasPrefix(name, start) {
			return true
		}
	}
	return false
}
