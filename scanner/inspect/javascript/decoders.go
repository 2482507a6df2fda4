package javascript

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"plugvet/scanner/inspect/script"
)

// nodeBase64 decodes as Node does: both alphabets, up to a =. A browser's atob
// refuses what does not keep to the first.
func nodeBase64(text string) string {
	text, _, _ = strings.Cut(text, "=")
	return script.DecodeBase64(bothAlphabets.Replace(text))
}

var bothAlphabets = strings.NewReplacer("-", "+", "_", "/")

func base64Text(b string) string { return base64.StdEncoding.EncodeToString([]byte(b)) }

// nodeHex decodes pairs of hexadecimal digits up to the first that is none, as
// Node does; PHP refuses a text with such a pair.
func nodeHex(text string) string {
	out := make([]byte, len(text)/2)
	n, _ := hex.Decode(out, []byte(text[:len(text)/2*2]))
	return string(out[:n])
}

func hexText(b string) string { return hex.EncodeToString([]byte(b)) }

// unescaped is unescape: the code units that %xx and %uxxxx and other characters
// stand for.
func unescaped(text string) []uint16 {
	var u []uint16
	for i := 0; i < len(text); i++ {
		if text[i] == '%' {
			if i+5 < len(text) && text[i+1] == 'u' {
				if code, ok := hexValue(text[i+2 : i+6]); ok {
					u = append(u, uint16(code))
					i += 5
					continue
				}
			}
			if i+2 < len(text) {
				if code, ok := hexValue(text[i+1 : i+3]); ok {
					u = append(u, uint16(code))
					i += 2
					continue
				}
			}
		}
		u = append(u, uint16(text[i]))
	}
	return u
}

// hexValue reads hexadecimal digits, all of them.
func hexValue(digits string) (int, bool) {
	n := 0
	for i := 0; i < len(digits); i++ {
		c := digits[i]
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		if n > 1<<24 {
			return 0, false
		}
		n = n<<4 | int(c)
	}
	return n, len(digits) > 0
}

// escaped16 is escape: %xx and %uxxxx for all but the characters that it spares.
func escaped16(s string) string {
	const spared = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@*_+-./"
	var b strings.Builder
	for _, c := range units(s) {
		switch {
		case c < 0x80 && strings.IndexByte(spared, byte(c)) >= 0:
			b.WriteByte(byte(c))
		case c < 0x100:
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			fmt.Fprintf(&b, "%%u%04X", c)
		}
	}
	return b.String()
}

// percentEncoded is encodeURIComponent, or encodeURI of a whole address.
func percentEncoded(s string, whole bool) string {
	spared := "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()"
	if whole {
		spared += ";/?:@&=+$,#"
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(spared, s[i]) >= 0 {
			b.WriteByte(s[i])
		} else {
			fmt.Fprintf(&b, "%%%02X", s[i])
		}
	}
	return b.String()
}
