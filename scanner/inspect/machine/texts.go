package machine

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"plugvet/scanner/inspect/internal/charset"
)

// What texts are taken apart, joined and decoded with: functions of the C library that are
// rarer than those of library, and those that hosts and libraries bring for the same.

// Of a string of PHP's engine, after its count and hash.
const zendSize, zendText = 16, 24

// texts does what a function that works on texts would, if it is one that is known.
func (m *machine) texts(name string, a [6]uint64, p processor) (result uint64, known bool) {
	terminated := func(text []byte) uint64 {
		to := m.result("")
		m.put(to, append(text[:len(text):len(text)], 0))
		return to
	}
	decoded := func(text []byte) []byte {
		out := make([]byte, base64.RawStdEncoding.DecodedLen(len(text)))
		n, _ := base64.RawStdEncoding.Decode(out, bytes.TrimRight(text, "=")) // what is whole counts
		return out[:n]
	}
	joined := func(n int) uint64 { // the texts from argument n up to the end mark
		var all []byte
		for first := n; len(all) < maxText; n++ {
			part := p.argument(n, first)
			if part == 0 {
				break
			}
			m.steps -= callSteps
			all = append(all, m.bytes(part)...)
		}
		return terminated(all)
	}
	switch name {
	case "strtok":
		return m.token(&m.cut, a[0], a[1]), true
	case "strtok_r", "apr_strtok", "ap_php_strtok_r", "php_strtok_r":
		rest := m.peek(a[2], 8)
		found := m.token(&rest, a[0], a[1])
		m.write(a[2], rest, 8)
		return found, true
	case "strsep":
		from := m.peek(a[0], 8)
		if from == 0 {
			return 0, true
		}
		text, rest := m.bytes(from), uint64(0)
		if end := bytes.IndexAny(text, string(m.bytes(a[1]))); end >= 0 {
			m.writeByte(from+uint64(end), 0)
			rest = from + uint64(end) + 1
		}
		m.write(a[0], rest, 8)
		return from, true
	case "strspn", "strcspn":
		n, text, set := 0, m.bytes(a[0]), m.bytes(a[1])
		for n < len(text) && (bytes.IndexByte(set, text[n]) >= 0) == (name == "strspn") {
			n++
		}
		return uint64(n), true
	case "strpbrk", "strstr", "strcasestr":
		text, part := string(m.bytes(a[0])), string(m.bytes(a[1]))
		at := strings.Index(text, part)
		if name == "strpbrk" {
			at = strings.IndexAny(text, part)
		} else if name == "strcasestr" {
			at = strings.Index(strings.ToLower(text), strings.ToLower(part))
		}
		if at < 0 {
			return 0, true
		}
		return a[0] + uint64(at), true
	case "memchr", "memrchr", "rawmemchr":
		n := a[2]
		if name == "rawmemchr" {
			n = maxText
		}
		data := m.load(a[0], m.amount(a[0], n))
		at := bytes.IndexByte(data, byte(a[1]))
		if name == "memrchr" {
			at = bytes.LastIndexByte(data, byte(a[1]))
		}
		if at < 0 {
			return 0, true
		}
		return a[0] + uint64(at), true
	case "strnlen":
		return min(uint64(len(m.bytes(a[0]))), a[1]), true
	case "strncasecmp":
		x, y := m.bytes(a[0]), m.bytes(a[1])
		x, y = x[:min(uint64(len(x)), a[2])], y[:min(uint64(len(y)), a[2])]
		return uint64(int64(strings.Compare(strings.ToLower(string(x)), strings.ToLower(string(y))))), true
	case "memccpy":
		data := m.load(a[1], m.amount(a[1], a[3]))
		end := bytes.IndexByte(data, byte(a[2])) + 1
		if end == 0 {
			m.put(a[0], data)
			return 0, true
		}
		m.put(a[0], data[:end])
		return a[0] + uint64(end), true
	case "realloc", "reallocf", "_erealloc", "g_realloc":
		if a[0] == 0 {
			return 0, false
		}
		to := m.result("")
		m.put(to, m.load(a[0], min(m.amount(a[0], a[1]), pageSize)))
		return to, true
	case "strdup", "_estrdup", "g_strdup", "xmlStrdup", "OPENSSL_strdup", "CRYPTO_strdup":
		return terminated(m.bytes(a[0])), true
	case "strndup", "_estrndup", "g_strndup":
		b := m.bytes(a[0])
		return terminated(b[:min(uint64(len(b)), a[1])]), true
	case "apr_pstrdup", "apr_pstrndup", "apr_pstrmemdup":
		b := m.bytes(a[1])
		if name != "apr_pstrdup" {
			b = b[:min(uint64(len(b)), a[2])]
		}
		return terminated(b), true
	case "g_strconcat":
		return joined(0), true
	case "apr_pstrcat":
		return joined(1), true
	case "asprintf":
		to := m.result("")
		m.write(a[0], to, 8)
		return m.format(to, maxText, a[1], 2, p), true
	case "g_strdup_printf", "sqlite3_mprintf", "curl_maprintf":
		to := m.result("")
		m.format(to, maxText, a[0], 1, p)
		return to, true
	case "apr_psprintf":
		to := m.result("")
		m.format(to, maxText, a[1], 2, p)
		return to, true
	case "zend_strpprintf":
		to := m.result("")
		m.write(to+zendSize, m.format(to+zendText, maxText, a[1], 2, p), 8)
		return to, true
	case "spprintf", "zend_spprintf":
		to := m.result("")
		m.write(a[0], to, 8)
		return m.format(to, maxText, a[2], 3, p), true
	case "napi_create_string_utf8", "napi_create_string_latin1": // whose address stands for it
		m.write(a[3], a[1], 8)
		return 0, true
	case "g_strreverse":
		b := m.bytes(a[0])
		for i, c := range b {
			m.writeByte(a[0]+uint64(len(b)-1-i), c)
		}
		return a[0], true
	case "l64a":
		const alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		var b []byte
		for n := uint32(a[0]); n != 0; n >>= 6 {
			b = append(b, alphabet[n&63])
		}
		return terminated(b), true
	case "wcstombs":
		var b []byte
		for i := uint64(0); i < min(a[2], maxText); i++ {
			c := m.peek(a[1]+4*i, 4)
			if c == 0 || c > 0x7f {
				break
			}
			b = append(b, byte(c))
		}
		m.put(a[0], append(b, 0))
		return uint64(len(b)), true
	case "wctomb", "wcrtomb":
		m.writeByte(a[0], byte(a[1]))
		return 1, true
	case "EVP_DecodeBlock", "b64_pton", "apr_base64_decode", "apr_base64_decode_binary":
		if name == "b64_pton" {
			a[0], a[1] = a[1], a[0]
		}
		out := decoded(m.bytes(a[1]))
		m.put(a[0], append(out[:len(out):len(out)], 0))
		return uint64(len(out)), true
	case "ap_pbase64decode":
		return terminated(decoded(m.bytes(a[1]))), true
	case "g_base64_decode":
		out := decoded(m.bytes(a[0]))
		m.write(a[1], uint64(len(out)), 8)
		return terminated(out), true
	case "php_base64_decode_ex", "php_base64_decode":
		out, to := decoded(m.load(a[0], min(a[1], maxText))), m.result("")
		m.write(to+zendSize, uint64(len(out)), 8)
		m.put(to+zendText, append(out[:len(out):len(out)], 0))
		return to, true
	case "ngx_decode_base64", "ngx_decode_base64url": // a length and an address each
		out := decoded([]byte(strings.NewReplacer("-", "+", "_", "/").Replace(string(m.load(m.peek(a[1]+8, 8), min(m.peek(a[1], 8), maxText))))))
		m.put(m.peek(a[0]+8, 8), out)
		m.write(a[0], uint64(len(out)), 8)
		return 0, true
	case "iconv_open", "libiconv_open", "g_iconv_open":
		handle := m.result("")
		if m.sets == nil {
			m.sets = map[uint64][2]string{}
		}
		m.sets[handle] = [2]string{m.text(a[1]), m.text(a[0])}
		return handle, true
	case "iconv", "libiconv", "g_iconv":
		return m.converts(m.sets[a[0]], a[1], a[2], a[3], a[4]), true
	case "g_convert":
		text := m.bytes(a[0])
		if int64(a[1]) >= 0 {
			text = m.load(a[0], m.amount(a[0], a[1]))
		}
		out, ok := charset.Convert(string(text), m.text(a[3]), m.text(a[2]))
		m.write(a[5], uint64(len(out)), 8)
		return terminated([]byte(out)), ok
	case "OPENSSL_hexstr2buf":
		out, err := hex.DecodeString(strings.ReplaceAll(string(m.bytes(a[0])), ":", ""))
		m.write(a[1], uint64(len(out)), 8)
		return terminated(out), err == nil
	}
	return 0, false
}

// converts does what iconv does between two character sets: it moves two addresses on, and
// takes from the room that is left at each.
func (m *machine) converts(sets [2]string, in, inLeft, out, outLeft uint64) uint64 {
	from, to := m.peek(in, 8), m.peek(out, 8)
	if in == 0 || from == 0 || sets[0] == "" {
		return 0
	}
	size, room := m.peek(inLeft, 8), m.peek(outLeft, 8)
	text, ok := charset.Convert(string(m.load(from, m.amount(from, size))), sets[0], sets[1])
	if !ok {
		return ^uint64(0)
	}
	text = text[:min(uint64(len(text)), room)]
	m.put(to, []byte(text))
	m.write(in, from+size, 8)
	m.write(inLeft, 0, 8)
	m.write(out, to+uint64(len(text)), 8)
	m.write(outLeft, room-uint64(len(text)), 8)
	return 0
}

// token is what strtok returns: the next part of a text between some letters, or of the
// one that is left where none is given.
func (m *machine) token(rest *uint64, text, between uint64) uint64 {
	if text == 0 {
		text = *rest
	}
	if text == 0 {
		return 0
	}
	set := string(m.bytes(between))
	all := m.bytes(text)
	part := bytes.TrimLeft(all, set)
	text += uint64(len(all) - len(part))
	if *rest = 0; len(part) == 0 {
		return 0
	}
	if end := bytes.IndexAny(part, set); end >= 0 {
		m.writeByte(text+uint64(end), 0)
		*rest = text + uint64(end) + 1
	}
	return text
}
