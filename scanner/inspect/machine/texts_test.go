package machine

import (
	"encoding/hex"
	"strings"
	"testing"
)

// does calls a function of the C library or of a host.
func (m *machine) does(name string, arguments ...uint64) uint64 {
	var a [6]uint64
	copy(a[:], arguments)
	called := importOf(name)
	return m.library(&called, a, listed{all: arguments})
}

func TestTextsAreTakenApartAndDecoded(t *testing.T) {
	m := testMachine()
	buffer := func() uint64 { return m.result("") }
	pointer := func(to uint64) uint64 {
		at := buffer()
		m.write(at, to, 8)
		return at
	}
	into := func(name string, place int, arguments ...uint64) uint64 { // and what it wrote
		m.does(name, arguments...)
		return arguments[place]
	}
	tokens := m.give("os:as:c")
	m.does("strtok", tokens, m.give(":"))
	rest := pointer(0)
	m.does("strtok_r", m.give(",a,b"), m.give(","), rest)
	list := pointer(m.give("x-y"))
	m.does("strsep", list, m.give("-"))
	grown := m.does("realloc", m.give("kept"), 100)
	printed := buffer()
	m.does("asprintf", printed, m.give("%s!"), m.give("os"))
	reversed := m.give("aso")
	m.does("g_strreverse", reversed)
	wide := buffer()
	for i, c := range []byte("osa") {
		m.write(wide+4*uint64(i), uint64(c), 4)
	}
	mainframe, converted, left := m.give("\x96\xa2\x81"), buffer(), buffer()
	m.write(left, 3, 8)
	moved, room := pointer(converted), pointer(3)
	m.does("iconv", m.does("iconv_open", m.give("UTF-8"), m.give("IBM037")), pointer(mainframe), left, moved, room)
	if m.peek(left, 8) != 0 || m.peek(moved, 8) != converted+3 || m.peek(room, 8) != 0 {
		t.Error("what iconv leaves")
	}
	from, to := buffer(), buffer()
	m.write(from, 4, 8)
	m.write(from+8, m.give("b3Nhxx"), 8)
	m.write(to+8, buffer(), 8)
	m.does("ngx_decode_base64", to, from)
	for _, c := range []struct {
		what, want string
		at         uint64
	}{
		{"strtok", "as", m.does("strtok", 0, m.give(":"))},
		{"strtok_r", "b", m.does("__strtok_r", 0, m.give(","), rest)},
		{"strsep", "y", m.does("strsep", list, m.give("-"))},
		{"strstr", "bc", m.does("strstr", m.give("abc"), m.give("b"))},
		{"strpbrk", "cd", m.does("strpbrk", m.give("abcd"), m.give("dc"))},
		{"memchr", "c", m.does("memchr", m.give("abc"), 'c', 3)},
		{"memccpy", "ab", into("memccpy", 0, buffer(), m.give("abc"), 'b', 3)},
		{"stpncpy", "ab", into("stpncpy", 0, buffer(), m.give("abc"), 2)},
		{"strncpy", "osascript", into("strncpy", 0, m.give("kitscript"), m.give("osaxx"), 3)},
		{"what strncpy leaves", "", into("strncpy", 0, m.give("kitscript"), m.give("osa"), 6) + 5},
		{"strlcpy", "osa", into("strlcpy", 0, buffer(), m.give("osaxx"), 4)},
		{"strlcpy of nothing", "kit", into("strlcpy", 0, m.give("kit"), m.give("osa"), 0)},
		{"g_strlcat", "kit/osa", into("g_strlcat", 0, m.give("kit"), m.give("/osaxx"), 8)},
		{"snprintf", "osa", into("snprintf", 0, buffer(), 4, m.give("%s"), m.give("osaxx"))},
		{"what ngx_snprintf leaves", "osascript", into("ngx_snprintf", 0, m.give("kitscript"), 3, m.give("%s"), m.give("osaxx"))},
		{"realloc", "kept", grown},
		{"strndup", "os", m.does("strndup", m.give("osa"), 2)},
		{"apr_pstrcat", "osa", m.does("apr_pstrcat", 0, m.give("o"), m.give("sa"), 0)},
		{"g_strconcat", "osa", m.does("g_strconcat", m.give("os"), m.give("a"), 0)},
		{"asprintf", "os!", m.peek(printed, 8)},
		{"apr_psprintf", "os-7", m.does("apr_psprintf", 0, m.give("%s-%d"), m.give("os"), 7)},
		{"sqlite3_mprintf", "os-7", m.does("sqlite3_mprintf", m.give("%s-%d"), m.give("os"), 7)},
		{"sqlite3_snprintf", "osa", m.does("sqlite3_snprintf", 9, buffer(), m.give("%s%s"), m.give("os"), m.give("a"))},
		{"g_snprintf", "osa", into("g_snprintf", 0, buffer(), 9, m.give("%s%s"), m.give("os"), m.give("a"))},
		{"ngx_sprintf", "osa", m.does("ngx_sprintf", buffer(), m.give("os%s"), m.give("a")) - 3},
		{"ngx_snprintf", "osa", m.does("ngx_snprintf", buffer(), 9, m.give("os%s"), m.give("a")) - 3},
		{"precision", "osa", m.does("apr_psprintf", 0, m.give("%.2s%.*s"), m.give("osx"), 1, m.give("apple"))},
		{"width", " os|6f|06F|7", m.does("apr_psprintf", 0, m.give("%3s|%02x|%03lX|%ld"), m.give("os"), 'o', 'o', 7)},
		{"an endless width", "7-1", m.does("apr_psprintf", 0, m.give("%99999999d%.1.1s%d"), 7, m.give("-"), 1)},
		{"zend_strpprintf", "os", m.does("zend_strpprintf", 0, m.give("%s"), m.give("os")) + zendText},
		{"g_strreverse", "osa", reversed},
		{"l64a", "osa", m.does("l64a", 'o'-59|('s'-59)<<6|('a'-59)<<12)},
		{"wcstombs", "osa", into("wcstombs", 0, buffer(), wide, 9)},
		{"EVP_DecodeBlock", "osa", into("EVP_DecodeBlock", 0, buffer(), m.give("b3Nh"), 4)},
		{"ap_pbase64decode", "osas", m.does("ap_pbase64decode", 0, m.give("b3Nhcw=="))},
		{"b64_pton", "osa", into("__b64_pton", 1, m.give("b3Nh"), buffer(), 9)},
		{"php_base64_decode_ex", "osa", m.does("php_base64_decode_ex", m.give("b3Nh"), 4, 0) + zendText},
		{"ngx_decode_base64", "osa", m.peek(to+8, 8)},
		{"iconv", "osa", converted},
		{"g_convert", "osa", m.does("g_convert", m.give("+AG8AcwBh-"), ^uint64(0), m.give("UTF-8"), m.give("UTF-7"), 0, 0)},
		{"OPENSSL_hexstr2buf", "osa", m.does("OPENSSL_hexstr2buf", m.give(hex.EncodeToString([]byte("osa"))), buffer())},
	} {
		if got := m.text(c.at); got != c.want {
			t.Errorf("%s: %q, not %q", c.what, got, c.want)
		}
	}
	if m.does("strsep", list, m.give("-")) != 0 || m.does("strtok_r", 0, m.give(","), rest) != 0 {
		t.Error("a text has no end")
	}
	if m.does("strcspn", m.give("ab,c"), m.give(",")) != 2 || m.does("strspn", m.give("aab"), m.give("a")) != 2 {
		t.Error("spans")
	}
}

// Whoever hands a library a function and something for it gets it called with that.
func TestFunctionsAreFollowedWithWhatTheyAreHanded(t *testing.T) {
	const function, given = 0x1000, 0x2000
	for name, c := range callbacks {
		m := testMachine()
		m.codes = []Span{{function, function + 16}}
		m.known = map[uint64]bool{function: true} // followed before, without it
		var a [6]uint64
		a[c.function], a[c.given] = function, given
		m.does(name, a[:]...)
		if m.calls[function][c.as] != given || m.known[function] || len(m.queue) != 1 {
			t.Errorf("%s: %x", name, m.calls[function])
		}
		m.does(name, a[:]...)
		if len(m.queue) != 1 {
			t.Errorf("%s: followed again", name)
		}
	}
}

func TestListedTextsAreReadInFull(t *testing.T) {
	m := testMachine()
	list, long := m.result(""), strings.Repeat("kit\u00e9 ", maxText)
	m.write(list, m.give(long), 8)
	before := m.steps
	if texts := (Argument{Value: list, machine: m}).Texts(); len(texts) != 1 || texts[0] != long || before-m.steps < len(long)/16 {
		t.Errorf("%q, for %d steps", texts, before-m.steps)
	}
}
